import type { LayerOverview, Overview, Release } from '../../overview/overview.js';
import { type Html, html } from './html.js';
import { size } from './words.js';

const packagesShown = 12;

/** By version, and what the newest is made of. */
export function sizes({ layers, releases }: Overview): Html {
  const told = layers.flatMap((layer) => {
    const own = releases.filter(({ name, bytes }) => name === layer.name && bytes !== null);
    return own.length === 0 && layer.packages === null
      ? []
      : [html`<h3>${layer.name}</h3>${byVersion(own)}${byPackage(layer)}`];
  });
  return told.length === 0 ? html`<p>No size is recorded yet.</p>` : html`${told}`;
}

function byVersion(releases: Release[]): Html | null {
  if (releases.length === 0) return null;
  const most = Math.max(...releases.map(({ bytes }) => bytes ?? 0), 1);
  return bars(
    'zipped size by version',
    'Version',
    [...releases].reverse().map(({ version, bytes }) => ({ name: version, bytes: bytes ?? 0 })),
    most,
  );
}

function byPackage({ packages: known }: LayerOverview): Html | null {
  if (known === null) return null;
  const shown = known.packages.slice(0, packagesShown);
  const rest = known.packages.slice(packagesShown);
  const bytes = rest.reduce((sum, one) => sum + one.bytes, 0);
  const rows = rest.length === 0 ? shown : [...shown, { name: `${rest.length} more`, bytes }];
  return bars(
    `unpacked size by package in ${known.version}`,
    'Package',
    rows,
    Math.max(...rows.map((row) => row.bytes), 1),
  );
}

/** A table that is a chart: the bar repeats the number beside it, so it is nothing to those who hear the page. */
function bars(caption: string, what: string, rows: { name: string; bytes: number }[], most: number): Html {
  return html`<table class="chart"><caption class="small dim">${caption}</caption><thead><tr><th scope="col">${what}</th>
<th scope="col" class="number">Size</th><td></td></tr></thead><tbody>${rows.map(
    ({ name, bytes }) => html`<tr><th scope="row">${name}</th><td class="number">${size(bytes)}</td>
<td><svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect class="bar" width="${Math.max(0.5, (100 * bytes) / most).toFixed(1)}" height="6" rx="1"/></svg></td></tr>\n`,
  )}</tbody></table>`;
}
