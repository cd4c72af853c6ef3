import { visible } from '../../layer/printable.js';

/** A piece of HTML that needs no more escaping. Nothing but this file makes one of a text. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | null | false | readonly Part[];

/** `html\`<b>${text}</b>\``: texts are escaped, pieces and lists of pieces go in as they are, null and false are nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((made, text, at) => made + render(parts[at - 1] ?? null) + text) };
}

/** For the style sheet, which is ours. */
export function trusted(text: string): Html {
  return { html: text };
}

function render(part: Part): string {
  if (part === null || part === false) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escaped(part);
  return 'html' in part ? part.html : part.map(render).join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Harmless as text and between quotes; what cannot be seen, or turns the line around, is shown by its number. */
function escaped(text: string): string {
  return visible(text, 2048).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
