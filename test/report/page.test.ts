import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Overview } from '../../src/overview/overview.js';
import { html } from '../../src/report/page/html.js';
import { base64Of, page } from '../../src/report/page/page.js';
import { age, size } from '../../src/report/page/words.js';

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');
const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>\u202e'&`;
const gitSha = '0123456789abcdef0123456789abcdef01234567';

/** Whatever texts a repository can bring in. */
function told(text: string): Overview {
  const arn = `arn:aws:lambda:eu-west-3:123456789012:layer:${text}:7`;
  const running = { version: '1.0.0', sha256: text, arn, publishedAt: text, previous: null };
  const release = {
    ...{ name: text, version: '1.0.0', sha256: text, bytes: 5, gitSha: text, builtAt: text },
    tag: { name: text, commit: gitSha, annotated: true },
    published: [{ environment: text, arn, at: text }],
    ...{ archivedIn: text, supersededBy: text, functions: [text] },
  };
  return {
    ...{ repository: text, head: gitSha, branch: text, headDate: '2026-01-31T00:00:00Z', now: '2026-02-01T00:00:00Z' },
    environments: [
      { name: text, promoteFrom: null },
      { name: 'stage', promoteFrom: text },
    ],
    layers: [
      {
        ...{ name: text, version: '1.1.0', running: { [text]: running, stage: running }, functions: [text] },
        packages: { version: '1.0.0', packages: [{ name: text, bytes: 7 }] },
      },
    ],
    releases: [release],
    findings: [
      { commit: text, date: text, counts: null },
      { commit: text, date: text, counts: { [text]: 3 } },
    ],
    notices: [text],
  };
}

describe('the page', () => {
  it('shows hostile texts as texts, wherever they stand', () => {
    const made = page(told(hostile), base64Of(sha256));
    expect(made).not.toMatch(/<script|<img|\u202e/);
    // As many tags as without them: none was begun, none ended.
    const tags = (text: string) => text.match(/<[^>]*>/g)?.length;
    expect(tags(made)).toBe(tags(page(told('plain'), base64Of(sha256))));
    expect(made).toContain('&quot;&gt;&lt;script&gt;alert(1)');
  });

  it('lets nothing in but the style sheet of its own digest', () => {
    const made = page(told('plain'), base64Of(sha256));
    const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(made) ?? [];
    const digest = createHash('sha256').update(style).digest('base64');
    expect(made).toContain(`default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`);
    expect(made).not.toMatch(/\sstyle=|\son\w+=|https?:|url\(|@import/);
  });

  it('says what waits: behind VERSION, and behind the environment it is promoted from', () => {
    const made = page(told('dev'), base64Of(sha256));
    expect(made).toContain('VERSION says 1.1.0');
    expect(made).not.toContain('dev has');
    const behind = told('dev');
    for (const layer of behind.layers) {
      const { dev } = layer.running;
      if (dev) layer.running.dev = { ...dev, version: '1.10.0' };
    }
    expect(page(behind, base64Of(sha256))).toContain('dev has 1.10.0');
  });

  it('is a whole page where nothing was released yet', () => {
    const none = { ...told('x'), layers: [], releases: [], findings: [], notices: [] };
    const made = page(none, base64Of(sha256));
    expect(made).toContain('Nothing was released yet');
    expect(made.endsWith('</body></html>\n')).toBe(true);
  });
});

it('pieces go in as they are, texts are escaped, nothing is nothing', () => {
  expect(html`<b>${'<'}${html`<i>${1}</i>`}${[html`a`, null, '&']}${false}</b>`.html).toBe('<b>&lt;<i>1</i>a&amp;</b>');
});

it.each([
  ['2026-02-01T00:30:00Z', 'today'],
  ['2026-01-31T23:59:00Z', 'yesterday'],
  ['2026-01-20T12:00:00Z', '12 days ago'],
  ['2026-01-01T12:00:00Z', '4 weeks ago'],
  ['2025-10-01T12:00:00Z', '4 months ago'],
  ['2023-10-01T12:00:00Z', '2 years ago'],
  ['2026-03-01T12:00:00Z', '2026-03-01'],
  ['nonsense', 'nonsense'],
])('%s is %s', (date, said) => {
  expect(age(date, '2026-02-01T01:00:00Z')).toBe(said);
});

it.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1.0 kB'],
  [1_048_575, '1024.0 kB'],
  [1_048_576, '1.00 MB'],
])('%d bytes are %s', (bytes, said) => {
  expect(size(bytes)).toBe(said);
});
