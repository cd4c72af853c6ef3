/**
 * npm run bench [-- --sizes 1k,10k,100k --runs 11 --only check,commit,push,history,tree,layers,build,large,packages,structure,validate,compare]
 *
 * Every figure that the documents quote, side by side in one run. Writes nothing into the checkout but `dist/`.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import setup from '../test/kit/build-once.js';
import { build, large } from './cases/build.js';
import { check } from './cases/check.js';
import { commit } from './cases/commit.js';
import { history } from './cases/history.js';
import { layers } from './cases/layers.js';
import { packages } from './cases/packages.js';
import { push } from './cases/push.js';
import { tree } from './cases/tree.js';
import { compare, structure, validate } from './cases/validate.js';
import { fixture } from './fixtures.js';
import { measure } from './measure.js';
import { type Section, table } from './table.js';

const cases = [check, commit, push, history, tree, layers, build, large, packages, structure, validate, compare];

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '1k,10k,100k' },
    runs: { type: 'string', default: '11' },
    only: { type: 'string', default: cases.map(({ id }) => id).join(',') },
  },
});
const sizes = values.sizes.split(',').map((text) => ({ text, files: size(text) }));
const runs = whole('--runs', values.runs);
const chosen = values.only.split(',').map((id) => cases.find((known) => known.id === id) ?? usage(`--only ${id}`));

const teardown = setup();
try {
  const sections = new Map(chosen.map(({ id, title }): [string, Section] => [id, { title, bySize: new Map() }]));
  for (const [at, { text, files }] of sizes.entries()) {
    const made = fixture(files);
    for (const { id, title, variants, alone } of chosen) {
      if (alone !== undefined && at > 0) continue;
      process.stderr.write(`${text} files: ${title}\n`);
      const rows = measure(variants(made), Math.min(runs, alone?.runs ?? runs));
      sections.get(id)?.bySize.set(text, rows);
      // All of it takes long; whoever stops it has what was measured.
      process.stderr.write(`${table([{ title, bySize: new Map([[text, rows]]) }])}\n`);
    }
    rmSync(made.repo.dir, { recursive: true, force: true });
  }
  process.stdout.write(`\n${table([...sections.values()])}\n`);
  process.stdout.write(
    `First row: median of ${runs} runs, or of as many as that work is given. Others: median of the paired ratios to it (least–most).\n`,
  );
} finally {
  teardown();
}

function size(text: string): number {
  const [, digits = '', thousands] = /^(\d+)(k?)$/.exec(text) ?? usage(`--sizes ${text}`);
  const files = Number(digits) * (thousands ? 1000 : 1);
  // Fewer hold no twenty files to stage beside the layer.
  return files >= 500 ? files : usage(`--sizes ${text}: at least 500`);
}

function whole(option: string, text: string): number {
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : usage(`${option} ${text}`);
}

function usage(problem: string): never {
  process.stderr.write(
    `bench: ${problem}\nnpm run bench -- [--sizes 1k,10k,100k] [--runs 11] [--only ${cases.map(({ id }) => id).join(',')}]\n`,
  );
  process.exit(2);
}
