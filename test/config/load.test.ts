import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';

it('a policy named by --config that is a pipe or a folder is a mistake in the command line', () => {
  const fifo = join(tempFolder('fifo'), 'policy.json');
  execFileSync('mkfifo', [fifo]);
  for (const file of [fifo, tempFolder('folder')]) {
    const { code, stderr } = run(exampleRepo().dir, ['check', '--config', file]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('not a regular file')]);
  }
});

it('a folder where the uncommitted policy would be is a bad policy', () => {
  const r = repo().commit('x', { '.layerpolicyrc.json/x': 'x' });
  const { code, stderr } = run(r.dir, ['check']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('.layerpolicyrc.json: this is not a regular file')]);
});
