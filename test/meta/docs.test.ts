import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLines, problemOf } from '../kit/command-lines.js';

const pages = [
  ...readdirSync('.').filter((file) => file.endsWith('.md')),
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
].map((path) => ({ path, text: readFileSync(path, 'utf8') }));

describe('documents', () => {
  it.each(pages.filter(({ path }) => !path.startsWith('docs/rules/')))('$path names only commands that there are', ({
    text,
  }) => {
    const wrong = commandLines(text).map((line) => ({ line, problem: problemOf(line) }));
    expect(wrong.filter(({ problem }) => problem !== null)).toEqual([]);
  });

  it('name enough of them for this test to mean something', () => {
    expect(pages.flatMap(({ text }) => commandLines(text)).length).toBeGreaterThan(40);
    expect(problemOf('layer-policy chek')).not.toBeNull();
    expect(problemOf('layer-policy check --stages all')).not.toBeNull();
  });

  it.each(pages)('$path leads to what is there', ({ path, text }) => {
    const links = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, to = '']) => to);
    const broken = links.filter((link) => !/^https?:/.test(link) && !leads(path, link));
    expect(broken).toEqual([]);
  });
});

function leads(from: string, link: string): boolean {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? from : join(dirname(from), file);
  if (!existsSync(target)) return false;
  if (anchor === undefined) return true;
  const headings = [...readFileSync(target, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => slug(heading));
  return headings.includes(anchor);
}

/** As GitHub makes the anchor of a heading. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replace(/\s/g, '-');
}

/** As the rules, guide and plan of the original project name them. */
const originals = [
  ...[
    'build_all',
    'build_layer_vectora_core',
    'build_vectora_core',
    'create_vectora_core_layer',
    'build_layer_common_deps',
  ],
  ...['build_common_deps', 'create_common_deps_layer', 'create_lambda_layers', 'build_normalize_score_v2'],
  ...['fix_yaml_dependency', 'fix_all_dependencies', 'deploy_layer', 'deploy_env', 'deploy_normalize_score_v2_layers'],
  ...[
    'deploy_normalize_score_v2',
    'promote',
    'invoke_normalize_score_v2',
    'test_e2e',
    'validate_layer',
    'compare_layers',
  ],
  'cleanup_layer_management',
];

it('the table of original scripts has each of them', () => {
  const text = readFileSync('docs/from-the-original-scripts.md', 'utf8');
  expect(originals.filter((name) => !text.includes(`${name}.py`))).toEqual([]);
});
