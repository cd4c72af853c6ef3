import { beforeAll, describe, expect, it } from 'vitest';
import { done, governed, raise, runs } from '../commands/moving.js';
import type { Repo } from '../kit/repo.js';
import { buildDriver } from './driver.js';
import { outcomeOf, program, twin } from './story.js';

let driver: string;
let tried: Repo;
let promoted: Repo;

beforeAll(async () => {
  driver = await buildDriver();
  tried = governed();
  done(tried, 'release', '--env', 'dev');
  done(tried, 'promote', '--from', 'dev', '--to', 'stage');
  raise(tried, '1.1.0', 'two');
  done(tried, 'release', '--env', 'dev');
  promoted = twin(tried);
  done(promoted, 'promote', '--from', 'dev', '--to', 'stage');
});

describe.each([
  ['promote', ['promote', '--from', 'dev', '--to', 'stage'], () => tried],
  ['rollback', ['rollback', '--env', 'stage'], () => promoted],
] as const)('%s, killed', (_, command, start) => {
  it('after any effect, converges to the end of an undisturbed run when run again', async () => {
    const calm = twin(start());
    const lived = await program(calm.dir, ['1000000', ...command], calm.env, driver);
    expect(lived.code, lived.err).toBe(0);
    const { effects } = JSON.parse(lived.out);
    const wanted = outcomeOf(calm);
    expect(wanted.left).toEqual([]);
    expect(effects).toBeGreaterThan(10);
    const every = Number(process.env.KILL_EVERY ?? 4);
    const points = Array.from({ length: Math.ceil(effects / every) }, (_, at) => at * every);
    for (const at of points) {
      const story = twin(start());
      const killed = await program(story.dir, [String(at), ...command], story.env, driver);
      expect(killed.signal, `effect ${at}: ${killed.err}`).toBe('SIGKILL');
      const again = await program(story.dir, [...command], story.env);
      expect(again.code, `killed after effect ${at} of ${effects}: ${again.err}`).toBe(0);
      expect(outcomeOf(story), `killed after effect ${at} of ${effects}`).toEqual(wanted);
    }
  }, 600_000);

  it('halfway and given up, leaves functions as they were', async () => {
    const before = ['core-user', 'extra-user'].map((name) => runs(start(), 'stage', name).layers);
    const calm = twin(start());
    const lived = await program(calm.dir, ['1000000', ...command], calm.env, driver);
    const { effects } = JSON.parse(lived.out);
    for (const at of [0.5, 0.6, 0.7].map((part) => Math.floor(effects * part))) {
      const story = twin(start());
      await program(story.dir, [String(at), ...command], story.env, driver);
      const aborted = await program(story.dir, ['abort'], story.env);
      expect(aborted.code, aborted.err).toBe(0);
      expect(['core-user', 'extra-user'].map((name) => runs(story, 'stage', name).layers)).toEqual(before);
    }
  }, 300_000);
});

it('a bare rollback killed after its last effect stays when it is run again', async () => {
  const command = ['rollback', '--env', 'stage'];
  const calm = twin(promoted);
  const { effects } = JSON.parse((await program(calm.dir, ['1000000', ...command], calm.env, driver)).out);
  const story = twin(promoted);
  await program(story.dir, [String(effects - 1), ...command], story.env, driver);
  await program(story.dir, command, story.env);
  expect(outcomeOf(story).commits).toEqual(outcomeOf(calm).commits);
});
