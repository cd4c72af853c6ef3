import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliPath, cliVariable, run } from './cli.js';
import { exampleRepo } from './example.js';
import { writeFiles } from './files.js';
import { tempFolder } from './temp.js';

/** Stands for the program, to see what the kit hands to it and makes of its answer. */
const probe = `
const [what] = process.argv.slice(2);
if (what === 'env') console.log(JSON.stringify(Object.keys(process.env).sort()));
if (what === 'stdin') process.stdin.pipe(process.stdout);
if (what === 'fail') { console.error('why'); process.exitCode = 3; }
if (what === 'die') process.kill(process.pid, 'SIGKILL');
`;

describe('run', () => {
  const folder = tempFolder('probe');
  const before = process.env[cliVariable];
  beforeAll(() => {
    writeFiles(folder, { 'probe.cjs': probe });
    process.env[cliVariable] = join(folder, 'probe.cjs');
  });
  afterAll(() => {
    if (before === undefined) delete process.env[cliVariable];
    else process.env[cliVariable] = before;
  });

  it('runs what the variable names, and nothing when that is not there', () => {
    expect(cliPath()).toBe(join(folder, 'probe.cjs'));
    process.env[cliVariable] = join(folder, 'gone.cjs');
    expect(() => run(folder, [])).toThrow(/gone\.cjs is not there/);
    process.env[cliVariable] = join(folder, 'probe.cjs');
  });

  it('hands over nothing of who runs the tests, but what is asked for', () => {
    process.env.GITHUB_ACTIONS = 'true';
    const names = run(folder, ['env'], { env: { EXTRA: '1', LC_ALL: undefined } }).json();
    delete process.env.GITHUB_ACTIONS;
    expect(names).toContain('EXTRA');
    expect(names).toContain('HOME');
    expect(names).not.toContain('LC_ALL');
    expect(names).not.toContain('GITHUB_ACTIONS');
    expect(names).not.toContain('VITEST');
  });

  it('gives exit code, streams and signals as a shell does', () => {
    expect(run(folder, ['fail'])).toMatchObject({ code: 3, stdout: '', stderr: 'why\n' });
    expect(run(folder, ['die']).code).toBe(137);
    expect(run(folder, ['stdin'], { stdin: 'é' }).stdout).toBe('é');
  });

  it('shows both streams when the answer is no JSON', () => {
    expect(() => run(folder, ['fail']).json()).toThrow(/stderr: why/);
  });
});

describe('exampleRepo', () => {
  it('commits the example whole and nothing that running it leaves', () => {
    const r = exampleRepo();
    const files = r.git('ls-files').split('\n');
    expect(files).toContain('.build/README.md');
    expect(files).toContain('layer_management/archive/.gitkeep');
    expect(files).toContain('src_v2/inbox_core/ingest/feed.py');
    expect(files.filter((file) => /\.pyc|\.zip|manifest\.json/.test(file))).toEqual([]);
    expect(r.git('status', '--porcelain')).toBe('');
  });
});
