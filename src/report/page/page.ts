import type { Overview } from '../../overview/overview.js';
import type { Sha256 } from '../../ports.js';
import { environments } from './environments.js';
import { findings } from './findings.js';
import { type Html, html, trusted } from './html.js';
import { sizes } from './sizes.js';
import { style } from './style.js';
import { timeline } from './timeline.js';
import { traces } from './traces.js';
import { age } from './words.js';

const sections: [id: string, title: string, content: (overview: Overview) => Html][] = [
  ['environments', 'What runs where', environments],
  ['timeline', 'Releases', timeline],
  ['sizes', 'Sizes', sizes],
  ['traces', 'From commit to function', traces],
  ['findings', 'Findings', findings],
];

/**
 * One page that stands alone: no script, no address it would ask for anything; its policy (CSP) lets nothing in but the
 * style sheet of this very digest. Texts of the repository are shown and never become markup.
 */
export function page(overview: Overview, base64Sha256: (text: string) => string): string {
  const { repository, head, branch, headDate, now, notices } = overview;
  const policy = `default-src 'none'; style-src 'sha256-${base64Sha256(style)}'; base-uri 'none'; form-action 'none'`;
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${repository}: layers and environments</title><style>${trusted(style)}</style></head>
<body><a class="skip" href="#content">Skip to content</a>
<header><h1>${repository}</h1>
<p class="dim">Commit <code>${head.slice(0, 12)}</code>${branch === null ? null : ` on ${branch}`} of
<time datetime="${headDate}">${headDate.slice(0, 10)}</time> (${age(headDate, now)}), as git records it; looked at
<time datetime="${now}">${now.slice(0, 16).replace('T', ' ')} UTC</time>.</p>
<nav aria-label="Sections"><ul>${sections.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav></header>
<main id="content">
${notices.map((notice) => html`<p class="warn" role="note">${notice}</p>`)}
${sections.map(
  ([id, title, content]) =>
    html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>\n${content(overview)}</section>\n`,
)}</main></body></html>
`.html;
}

/** What `Sha256` gives, in the form that a content security policy has it. */
export function base64Of(sha256: Sha256): (text: string) => string {
  return (text) =>
    btoa((sha256(text).match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16))).join(''));
}
