import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { formats } from '../../src/report/index.js';
import { cliPath, run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import type { Repo } from '../kit/repo.js';
import { problemsOf } from './valid.js';

interface Found {
  findings: { rule: string; file: string }[];
}

/** A commit with these below `.build/`, whatever a work tree thinks of such names. */
function commitOf(paths: readonly string[]): Repo {
  const r = exampleRepo();
  const blob = r.feed('x', 'hash-object', '-w', '--stdin');
  r.feed(paths.map((path) => `100644 ${blob}\t.build/${path}\0`).join(''), 'update-index', '-z', '--index-info');
  return r.commit('names \u001b]0;title\u0007 \u009b31m\n\n::error::from a message');
}

describe('names that are options, pathspecs or patterns to somebody', () => {
  const names = ['--output=pwn', '-rf', ':(top)x', 'a*b', '!x', '@{u}', '--', '-'];

  it('are names at commit, at push, in a range and in a tree, and nothing is run or written', async () => {
    const r = exampleRepo().stage(Object.fromEntries(names.map((name) => [`${name}_arn.txt`, 'x'])));
    const files = names.map((name) => `${name}_arn.txt`).sort();
    const found = (args: string[], stdin = '') => {
      const { code, json } = run(r.dir, ['check', '--json', '--rule', 'no-root-arn', ...args], { env: r.env, stdin });
      return [code, (json() as Found).findings.map(({ file }) => file)];
    };
    const before = (await readdir(r.dir)).sort();
    expect(found(['--stage', 'pre-commit'])).toEqual([1, files]);
    expect(found(['--stage', 'pre-commit', '--', ...files])).toEqual([1, files]);
    for (const name of files) expect(found(['--stage', 'pre-commit', '--', name])).toEqual([1, [name]]);
    r.commit('names');
    expect(found([])).toEqual([1, files]);
    expect(found(['--from', 'HEAD~1'])).toEqual([1, files]);
    const pushed = `refs/heads/x ${r.head()} refs/heads/x ${r.head('HEAD~1')}\n`;
    expect(found(['--stage', 'pre-push', '--', 'origin', '--upload-pack=touch pwn'], pushed)).toEqual([1, files]);
    expect((await readdir(r.dir)).sort()).toEqual(before);
    expect(existsSync(`${r.dir}/pwn`)).toBe(false);
  });
});

/** Where a format has an escape of its own. */
const bidi: Record<string, string> = {
  json: 'rtl\\u202egpj.exe',
  sarif: 'rtl%E2%80%AEgpj.exe',
  gitlab: 'rtl\\\\u{202e}gpj.exe',
};

describe.each(['pretty', ...Object.keys(formats)])('--format %s', (format) => {
  it('lets no name or message reach a terminal, a runner, or a reader of the format', async () => {
    const r = commitOf([
      ...[
        'a\nb',
        'esc\u001b]0;title\u0007',
        'csi\u009b31m',
        'rtl\u202egpj.exe',
        'zero\u200bwidth',
        ']]>&<!--',
        'a%0Ab',
      ],
      ...['::error::x', '##[error]x', '| a | b |', '<script>alert(1)</script>', '[x](javascript:1)', '"><b>', 'a:b,c'],
    ]);
    for (const args of [[], ['--from', 'HEAD~1']]) {
      const { code, stdout, stderr } = run(r.dir, ['check', ...args, '--format', format], { env: r.env });
      expect(code).toBe(1);
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
      expect(stdout + stderr).not.toMatch(/[\u200b\u202e]|##\[/);
      expect(
        `${stdout}\n${stderr}`.split('\n').filter((line) => /^\s*::(?!error |warning |notice )/.test(line)),
      ).toEqual([]);
      expect(await problemsOf[format]?.(stdout)).toEqual(problemsOf[format] && []);
    }
  });

  it('shows a mark that reorders text as what it is', () => {
    const r = commitOf(['rtl\u202egpj.exe']);
    const { stdout } = run(r.dir, ['check', '--format', format, '--rule', 'no-build-commits'], { env: r.env });
    expect(stdout).toContain(bidi[format] ?? 'rtl\\u{202e}gpj.exe');
  });
});

describe('30,000 findings', () => {
  const many = () => commitOf(Array.from({ length: 30_000 }, (_, i) => `folder/file-${i}.txt`));

  it('are what code scanning takes: 5,000, and a count of the others', async () => {
    const r = many();
    const { code, stdout } = run(r.dir, ['check', '--rule', 'no-build-commits', '--format', 'sarif'], { env: r.env });
    expect([code, await problemsOf.sarif?.(stdout)]).toEqual([1, []]);
    const { results } = JSON.parse(stdout).runs[0];
    expect([results.length, results.at(-1).message.text]).toEqual([
      5_000,
      expect.stringContaining('25001 more findings'),
    ]);
    expect(gzipSync(stdout).length).toBeLessThan(10_000_000);
  });

  it('reach a slow reader whole, and leave the exit code alone when the reader goes away', async () => {
    const r = many();
    const args = [cliPath(), 'check', '--json', '--rule', 'no-build-commits'];
    const started = (stdio: 'pipe' | 'ignore') =>
      spawn(process.execPath, args, { cwd: r.dir, env: r.env, stdio: ['ignore', stdio, 'ignore'] });
    const codeOf = (child: ReturnType<typeof started>) => new Promise((resolve) => child.on('close', resolve));

    const slow = started('pipe');
    const slowCode = codeOf(slow);
    const chunks: Buffer[] = [];
    for await (const chunk of slow.stdout ?? []) {
      chunks.push(chunk);
      await setTimeout(1);
    }
    expect([await slowCode, (JSON.parse(Buffer.concat(chunks).toString()) as Found).findings.length]).toEqual([
      1, 30_000,
    ]);

    const gone = started('pipe');
    const goneCode = codeOf(gone);
    gone.stdout?.once('data', () => gone.stdout?.destroy());
    expect(await goneCode).toBe(1);
  });
});

describe.skipIf(!existsSync('/dev/full'))('an answer that cannot be written', () => {
  it.each([
    [['check']],
    [['check', '--json']],
    [['check', '--format', 'sarif']],
    [['rules']],
  ])('is no success: %j', (args) => {
    const r = exampleRepo();
    const command = `'${process.execPath}' '${cliPath()}' ${args.join(' ')} > /dev/full`;
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: r.dir, env: r.env, encoding: 'utf8' });
    expect([status, stderr]).toEqual([4, expect.stringMatching(/could not be written whole.*ENOSPC/)]);
    expect(stderr).not.toContain('    at ');
  });

  it('is one where its reader had seen enough', () => {
    const r = exampleRepo();
    const command = `{ '${process.execPath}' '${cliPath()}' rules --json; echo $? >&2; } | true`;
    expect(spawnSync('sh', ['-c', command], { cwd: r.dir, env: r.env, encoding: 'utf8' }).stderr).toBe('0\n');
  });
});
