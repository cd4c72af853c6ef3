import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runChild } from '../../../../src/io/builder/requirements/run.js';
import { tempFolder } from '../../../kit/temp.js';

function run(script: string, limit = 20) {
  const folder = tempFolder('child');
  const variables = { PATH: process.env.PATH ?? '' };
  return {
    folder,
    ended: runChild({ program: 'sh', args: ['-c', script], folder, variables, limit, running: new Set() }),
  };
}

async function within<Answer>(seconds: number, running: Promise<Answer>): Promise<Answer> {
  const late = new Promise<never>((_, reject) =>
    setTimeout(() => reject(new Error('too late')), seconds * 1000).unref(),
  );
  return Promise.race([running, late]);
}

const isAlive = (folder: string, file: string) => {
  if (!existsSync(join(folder, file))) return false;
  const pid = readFileSync(join(folder, file), 'utf8').trim();
  const state = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] : 'X';
  return state !== 'X' && state !== 'Z';
};

describe('a build script that', () => {
  it('prints without end is ended, and little of it is kept', async () => {
    const before = process.memoryUsage().rss;
    const { code, stdout, stderr } = await within(15, run('yes noise & yes noise >&2', 2).ended);
    expect([code === 0, stdout.length <= 17 << 20, stderr.length <= 1 << 20]).toEqual([false, true, true]);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 << 20);
  });

  it('does not heed SIGTERM is ended all the same', async () => {
    const { code } = await within(10, run('trap "" TERM HUP INT; while :; do sleep 1; done', 1).ended);
    expect(code).not.toBe(0);
  });

  it('leaves somebody behind has nobody left behind', async () => {
    const { folder, ended } = run('sleep 60 & echo $! > left; exit 0');
    expect((await within(10, ended)).code).toBe(0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(isAlive(folder, 'left')).toBe(false);
  });

  it('leaves somebody behind who holds its output from a group of his own is not waited for', async () => {
    const { ended } = run('setsid sleep 30 & exit 0');
    expect((await within(10, ended)).code).toBe(0);
  });
});
