import type { Overview, Release } from '../../overview/overview.js';
import { type Html, html } from './html.js';
import { size } from './words.js';

/** Names come from the policy and versions are numbers, so it is an id in every browser. */
export function traceId({ name, version }: Pick<Release, 'name' | 'version'>): string {
  return `release-${name}-${version}`;
}

/** Each artefact from its commit to the functions that use it. A link to what lies inside opens it. */
export function traces({ releases }: Overview): Html {
  if (releases.length === 0) return html`<p>There is no artefact to follow yet.</p>`;
  return html`${releases.map(trace)}`;
}

function trace(release: Release): Html {
  const { name, version, gitSha, tag, builtAt, sha256, bytes, published, archivedIn, functions } = release;
  const tagged =
    tag === null
      ? html`<span class="warn">none in this clone</span>`
      : html`<code>${tag.name}</code>${tag.commit === gitSha || gitSha === null ? null : html` <span class="bad">on another commit, ${tag.commit.slice(0, 12)}</span>`}`;
  return html`<details><summary>${name} ${version}</summary><dl id="${traceId(release)}">
<dt>Commit</dt><dd>${gitSha === null ? html`<span class="warn">nobody recorded it</span>` : html`<code>${gitSha}</code>`}</dd>
<dt>Tag</dt><dd>${tagged}</dd>
<dt>Built</dt><dd>${builtAt === null ? 'nobody recorded when' : html`<time datetime="${builtAt}">${builtAt}</time>`}</dd>
<dt>Artefact</dt><dd><code>${name}-${version}.zip</code>${bytes === null ? null : `, ${size(bytes)}`}<br>${
    sha256 === null ? html`<span class="warn">no digest recorded</span>` : html`<code>sha256:${sha256}</code>`
  }</dd>
<dt>Published</dt><dd>${
    published.length === 0
      ? 'nowhere now'
      : published.map(
          ({ environment, arn, at }) =>
            html`<div>${environment}${at === null ? null : html`, <time datetime="${at}">${at.slice(0, 10)}</time>`}: <code>${arn}</code></div>`,
        )
  }</dd>
<dt>Archive</dt><dd>${archivedIn === null ? 'not superseded' : html`<code>layer_management/archive/${archivedIn}/${name}-${version}.zip</code>`}</dd>
<dt>Functions</dt><dd>${functions.length === 0 ? 'none declared' : functions.join(', ')}</dd>
</dl></details>\n`;
}
