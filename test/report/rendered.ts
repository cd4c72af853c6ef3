import MarkdownIt, { type Token } from 'markdown-it';

const parser = new MarkdownIt({ html: true, linkify: true, typographer: false });

function tokensOf(markdown: string): Token[] {
  return parser.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
}

const own = new Set(['heading', 'paragraph', 'bullet_list', 'list_item', 'table', 'thead', 'tbody', 'tr', 'th', 'td']);
const inline = new Set(['inline', 'text', 'code_inline', 'hardbreak', 'softbreak']);

/** Everything in a page that is not the report's own structure, plain text or code. */
export function markdownProblems(markdown: string): string[] {
  return tokensOf(markdown)
    .filter(({ type, content }) => {
      if (type === 'text') return /[@<>[\]`|*_~$\\]|#\d|:\/\/|\bwww\./.test(content);
      return !inline.has(type) && !own.has(type.replace(/_(open|close)$/, ''));
    })
    .map(({ type, content }) => `${type} ${content}`);
}

/** The cells of every table's body, as a reader sees them. */
export function tableRows(markdown: string): string[][] {
  const rows: string[][] = [];
  let inBody = false;
  for (const { type, children } of parser.parse(markdown, {})) {
    if (type === 'tbody_open') inBody = true;
    else if (type === 'tbody_close') inBody = false;
    else if (inBody && type === 'tr_open') rows.push([]);
    else if (inBody && type === 'inline') rows.at(-1)?.push((children ?? []).map(({ content }) => content).join(''));
  }
  return rows;
}
