import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { cliPath, run } from '../kit/cli.js';
import { record } from '../kit/record.js';
import { type Repo, repo } from '../kit/repo.js';
import { governed } from './many.js';

const started = () => repo().commit('init', Object.fromEntries(governed(1)));
const judge = (r: Repo, stage = 'pre-commit') => record(r, ['check', '--stage', stage, '--json']);

/** Stages paths that no work tree need be able to hold. */
function stagePaths(r: Repo, paths: Buffer[]): Repo {
  const blob = r.feed('x', 'hash-object', '-w', '--stdin');
  const lines = paths.flatMap((path) => [Buffer.from(`100644 ${blob}\t`), path, Buffer.from('\0')]);
  r.feed(Buffer.concat(lines), 'update-index', '-z', '--add', '--index-info');
  return r;
}

describe('a megabyte of names', () => {
  it.each([
    ['that are no UTF-8', Buffer.from([0xc3, 0x28, 0xff])],
    ['of emoji', Buffer.from('🦀')],
    ['of controls', Buffer.from('\u001b[2J')],
  ])('%s is told name by name', (_, sign) => {
    const names = Array.from({ length: 256 }, (_, i) =>
      Buffer.concat([Buffer.from(`${i} `), Buffer.alloc(4000, sign)]),
    );
    const r = stagePaths(started(), names);
    const { code, json, memory } = judge(r);
    const { findings } = json() as { findings: { rule: string; file: string }[] };
    const odd = sign[0] !== 0xf0;
    expect([code, findings.length]).toEqual(odd ? [1, 256] : [0, 0]);
    expect(new Set(findings.map(({ file }) => file)).size).toBe(findings.length);
    expect(memory).toBeLessThan(150);
  });

  it('in one path of a thousand folders', () => {
    const deep = `${'d/'.repeat(1000)}x.py`;
    const r = stagePaths(started(), [Buffer.from(deep), Buffer.from(`${deep.slice(0, -4)}X.py`)]);
    const files = (stage: string) =>
      (judge(r, stage).json() as { findings: { file: string }[] }).findings.map(({ file }) => file.slice(-4));
    expect(files('pre-commit')).toEqual(['X.py', 'x.py']);
    r.git('commit', '-q', '--no-verify', '-m', 'deep');
    expect(files('all')).toEqual(['x.py']);
  });
});

describe('contents nobody would read', () => {
  const line = 'x'.repeat(20_000_000);
  it.each([
    'VERSION',
    '.gitignore',
    'src/l0/a.py',
    'layer_management/active/layer-0/manifest.json',
    'ARN.txt',
    'big.zip',
  ])('in %s are not read here either', (path) => {
    const r = started().stage({ [path]: line });
    const { code, stderr, told, memory } = judge(r);
    expect([code <= 1, stderr]).toEqual([true, '']);
    // What was on its way when it was clear that nobody wants it.
    expect(told).toBeLessThan(1_000_000);
    expect(memory).toBeLessThan(100);
  });
});

it('fifty checks of one repository at once give one answer, whoever holds its lock', async () => {
  const r = started().stage({ '.build/x': 'x', 'src/l0/a.py': 'x = 9\n' });
  const alone = run(r.dir, ['check', '--stage', 'pre-commit', '--json'], { env: r.env });
  r.write({ '.git/index.lock': '' });
  const answers = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const child = spawn(process.execPath, [cliPath(), 'check', '--stage', 'pre-commit', '--json'], {
        cwd: r.dir,
        env: r.env,
      });
      let said = '';
      child.stdout.on('data', (chunk) => {
        said += chunk;
      });
      return new Promise((resolve) => child.on('close', (code) => resolve([code, said])));
    }),
  );
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
    new Set([JSON.stringify([alone.code, alone.stdout])]),
  );
});
