import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { commandLines } from '../kit/command-lines.js';
import { packageIndex } from '../kit/package-index.js';
import type { Repo } from '../kit/repo.js';
import { makeWheel } from '../kit/wheel.js';
import { twin } from '../plan/story.js';
import { documentedWorld } from './documented-world.js';

const index = await packageIndex([await makeWheel({ name: 'plain', version: '1.0' })]);

const pages = [
  'README.md',
  ...readdirSync('docs')
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];
const lines = [...new Set(pages.flatMap((path) => commandLines(readFileSync(path, 'utf8'))).map(plain))];

/** Without its comment and what wraps it in prose. */
function plain(line: string): string {
  return (
    line
      .replace(/\s+#.*$/, '')
      // What fish reads in, bash cannot.
      .replace(/ \| source$/, '')
      .replace(/\s+/g, ' ')
      .trim()
  );
}

let world: Repo;
beforeAll(() => {
  world = documentedWorld(index.url);
});

/** In a shell, as somebody would who copies it. Not blocking: the index of packages answers from here. */
function inShell(on: Repo, line: string) {
  return new Promise<{ code: number | null; said: string }>((resolve, reject) => {
    const child = spawn('bash', ['-c', line], {
      cwd: on.dir,
      env: { ...on.env, GITHUB_STEP_SUMMARY: 'summary.md' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}

/** What ends otherwise than well in that world, and why that is what the documents mean. */
const otherwise: Record<string, [code: number, says: RegExp]> = {
  // They ask before they write, and nobody is there to answer.
  'layer-policy init': [2, /layer-policy init --yes/],
  'layer-policy init inbox-core@1.2.3': [2, /layer-policy init --yes/],
  // Its environments are folders, and the archive bucket is in an account.
  'layer-policy archive --older-than 90': [2, /the policy names no archive bucket/],
  'layer-policy archive --older-than 90 --dry-run': [2, /the policy names no archive bucket/],
  'layer-policy archive --older-than 90 --yes --push': [2, /the policy names no archive bucket/],
  // The plugin of that page is not written yet.
  'layer-policy explain acme/layer-prefix': [2, /There is no rule 'acme\/layer-prefix'/],
};

describe('a documented command line does what it says', () => {
  it.each(lines)('%s', async (line) => {
    const { code, said } = await inShell(twin(world), line);
    const [wanted, says] = otherwise[line] ?? [0, /./];
    expect([code, said], said).toEqual([wanted, expect.stringMatching(says)]);
  });
});
