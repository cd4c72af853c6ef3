import type { Judged, Overview } from '../../overview/overview.js';
import { type Html, html } from './html.js';
import { plural } from './words.js';

/** What the policy found in commits along the way, each judged by its own policy on its own day. */
export function findings({ findings: judged }: Overview): Html {
  const rules = [...new Set(judged.flatMap(({ counts }) => Object.keys(counts ?? {})))].sort();
  const last = judged.at(-1);
  const sum = total(last);
  const now =
    sum === null
      ? html`<p class="warn">HEAD has no policy that can be understood.</p>`
      : html`<p class="${sum === 0 ? 'good' : 'bad'}">HEAD: ${sum === 0 ? 'no findings' : plural(sum, 'finding')}, waived ones apart.</p>`;
  if (rules.length === 0)
    return html`${now}<p class="dim">None in any of ${plural(judged.length, 'commit')} judged.</p>`;
  return html`${now}<div class="scroll" tabindex="0" role="region" aria-label="Findings by rule">
<table><thead><tr><th scope="col">Rule</th>${judged.map(
    ({ commit, date }) =>
      html`<th scope="col" class="heat"><time datetime="${date}">${date.slice(0, 10)}</time><br><code class="dim">${commit.slice(0, 7)}</code></th>`,
  )}</tr></thead><tbody>${rules.map(
    (rule) =>
      html`<tr><th scope="row"><code>${rule}</code></th>${judged.map(({ counts }) => cell(counts, rule))}</tr>\n`,
  )}</tbody></table></div>`;
}

function total(judged: Judged | undefined): number | null {
  if (judged?.counts == null) return null;
  return Object.values(judged.counts).reduce((sum, count) => sum + count, 0);
}

function cell(counts: Judged['counts'], rule: string): Html {
  if (counts === null) return html`<td class="heat dim">–</td>`;
  const count = counts[rule] ?? 0;
  return html`<td class="heat ${count === 0 ? 'dim' : 'bad'}">${count}</td>`;
}
