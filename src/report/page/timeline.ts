import type { Overview, Release } from '../../overview/overview.js';
import { type Html, html } from './html.js';
import { traceId } from './traces.js';
import { size } from './words.js';

/** Releases by month, newest first. */
export function timeline({ releases }: Overview): Html {
  if (releases.length === 0) return html`<p>Nothing was released yet: no manifest tells of a version.</p>`;
  const months = new Map<string, Release[]>();
  for (const release of releases) {
    const month = release.builtAt?.slice(0, 7) ?? 'Date unknown';
    months.set(month, [...(months.get(month) ?? []), release]);
  }
  return html`${[...months].map(
    ([month, all]) => html`<h3>${month}</h3><ol class="timeline">${all.map(item)}</ol>\n`,
  )}`;
}

function item(release: Release): Html {
  const { name, version, builtAt, bytes, published, archivedIn, supersededBy } = release;
  const where = published.map(({ environment }) => environment).join(', ');
  return html`<li><a href="#${traceId(release)}">${name} ${version}</a>
<span class="small dim">${builtAt === null ? 'adopted' : html`<time datetime="${builtAt}">${builtAt.slice(0, 10)}</time>`}${bytes === null ? null : `, ${size(bytes)}`}${
    where === '' ? null : `, published to ${where}`
  }${supersededBy === null ? null : `, superseded by ${supersededBy}`}${
    archivedIn === null ? null : `, archived in ${archivedIn}`
  }</span></li>\n`;
}
