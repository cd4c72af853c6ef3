import { describe, expect, it } from 'vitest';
import { record } from '../kit/record.js';
import type { Repo } from '../kit/repo.js';
import { governed, many, others } from './many.js';

/** Memory that grew with every path, or processes with every layer, would be seen here; time is told by the bench. */
const take = (r: Repo, args: string[], stdin = '') => {
  const { code, stderr, started, told, memory } = record(r, args, {
    stdin,
    env: { NODE_OPTIONS: '--max-old-space-size=64' },
  });
  return { code, stderr, processes: started.length, told, memory };
};

describe('a hundred thousand files', () => {
  const large = many()
    .commit('develop', [...governed(3), ...others(100_000)])
    .done('develop');

  it('are judged from the index, of which not one name goes through a pipe', () => {
    const { memory, told, ...rest } = take(large, ['check', '--stage', 'all']);
    expect(rest).toEqual({ code: 0, stderr: '', processes: 1 });
    expect(memory).toBeLessThan(150);
    expect(told).toBeLessThan(20_000);
  });

  it('cost a commit of ten nothing', () => {
    large.stage(Object.fromEntries(others(10).map(([path]) => [path, 'changed\n'])));
    const { memory, told, ...rest } = take(large, ['check', '--stage', 'pre-commit']);
    expect(rest).toEqual({ code: 0, stderr: '', processes: 2 });
    expect(memory).toBeLessThan(100);
    expect(told).toBeLessThan(20_000);
  });

  it('are judged from the index where it has changes, too, and take no more memory', () => {
    const { memory, told, ...rest } = take(large, ['check', '--stage', 'all']);
    expect(rest).toEqual({ code: 0, stderr: '', processes: 1 });
    expect(told).toBeLessThan(40_000);
    expect(memory).toBeLessThan(150);
  });

  it('can be brought by one commit, each in a folder of its own', () => {
    const r = many().commit('develop', governed(3)).done('develop');
    const blob = r.feed('x', 'hash-object', '-w', '--stdin');
    const lines = Array.from({ length: 100_000 }, (_, i) => `100644 ${blob}\tapp/d${i % 40}/f${i}/a.txt\n`);
    r.feed(lines.join(''), 'update-index', '--add', '--index-info');
    const { code, stderr, started, memory } = record(r, ['check', '--stage', 'pre-commit']);
    expect([code, stderr, started.length]).toEqual([0, '', 2]);
    expect(memory).toBeLessThan(400);
  });
});

describe('a thousand layers', () => {
  it('are no more processes than one', () => {
    const r = many().commit('develop', governed(1000)).done('develop');
    expect(take(r, ['check', '--stage', 'all'])).toMatchObject({ code: 0, stderr: '', processes: 2 });
  });

  it('of which one changes are that one, with the list of versions', () => {
    const r = many().commit('develop', governed(1000)).done('develop');
    const versions = governed(1000).find(([path]) => path === 'VERSION')?.[1] ?? '';
    r.stage({ 'src/l7/a.py': 'x = 8\n', VERSION: versions.replace('L7=1.0.0', 'L7=1.0.1') });
    const { told, ...rest } = take(r, ['check', '--stage', 'pre-commit']);
    expect(rest).toMatchObject({ code: 0, stderr: '', processes: 2 });
    // The policy, VERSION twice, the list of sources twice: not a thousand sources.
    expect(told).toBeLessThan(300_000);
    r.stage({ VERSION: versions });
    expect(take(r, ['check', '--stage', 'pre-commit'])).toMatchObject({ code: 1, processes: 2 });
  });
});

it('a push of two thousand commits starts no more processes than one of two', () => {
  const push = (commits: number) => {
    const made = many().commit('develop', [...governed(3), ...others(500)]);
    for (let i = 0; i < commits; i++) {
      made.commit('work', [
        [`app/new/${i}.txt`, `${i}\n`],
        ['src/l0/a.py', `x = ${i}\n`],
        ['VERSION', `L0=1.${i}.1\nL1=1.0.0\nL2=1.0.0\n`],
      ]);
    }
    const r = made.done('work');
    const [tip, base] = [r.head('work'), r.head('develop')];
    r.git('update-ref', 'refs/remotes/origin/develop', base);
    r.git('config', 'remote.origin.url', 'https://example.com/r.git');
    const refs = `refs/heads/work ${tip} refs/heads/work ${'0'.repeat(40)}\n`;
    return take(r, ['check', '--stage', 'pre-push', 'origin', 'https://example.com/r.git'], refs);
  };
  const few = push(2);
  const lots = push(2000);
  expect([few.code, lots.code, lots.stderr]).toEqual([0, 0, '']);
  expect(lots.processes).toBe(few.processes);
  expect(lots.memory).toBeLessThan(200);
});
