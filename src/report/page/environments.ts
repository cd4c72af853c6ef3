import { compareVersions } from '../../layer/version.js';
import type { LayerOverview, Overview } from '../../overview/overview.js';
import { type Html, html } from './html.js';
import { age } from './words.js';

/** Which version of each layer runs where, how old it is, and where it waits to be promoted. */
export function environments({ layers, environments, now }: Overview): Html {
  if (layers.length === 0) return html`<p>The policy declares no layers.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Environments and layers">
<table><thead><tr><th scope="col">Layer</th><th scope="col">VERSION</th>${environments.map(
    ({ name }) => html`<th scope="col">${name}</th>`,
  )}</tr></thead>
<tbody>${layers.map(
    (layer) =>
      html`<tr><th scope="row">${layer.name}</th><td>${layer.version ?? '–'}</td>${environments.map(
        ({ name, promoteFrom }) => cell(layer, name, promoteFrom, now),
      )}</tr>\n`,
  )}</tbody></table></div>`;
}

function cell(layer: LayerOverview, environment: string, promoteFrom: string | null, now: string): Html {
  const there = layer.running[environment];
  if (there === undefined) return html`<td class="dim">not published</td>`;
  const { version, sha256, publishedAt } = there;
  return html`<td><span class="version">${version}</span>${waits(layer, version, promoteFrom)}<br>
<span class="small dim">${sha256 === null ? 'no digest' : html`<code>${sha256.slice(0, 12)}</code>`}${
    publishedAt === null ? null : html`, <time datetime="${publishedAt}">${age(publishedAt, now)}</time>`
  }</span></td>`;
}

/** Behind the environment it is promoted from, or, where it is none's, behind VERSION. */
function waits(layer: LayerOverview, version: string, promoteFrom: string | null): Html | null {
  const before = promoteFrom === null ? layer.version : (layer.running[promoteFrom]?.version ?? null);
  if (before === null || compareVersions(before, version) <= 0) return null;
  const where = promoteFrom === null ? 'VERSION says' : `${promoteFrom} has`;
  return html` <span class="small warn">${where} ${before}</span>`;
}
