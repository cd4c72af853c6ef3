import { beforeAll, describe, expect, it } from 'vitest';
import { done, governed, raise, runs, versions } from '../commands/moving.js';
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
  const file = 'lambdas/core_user/handler.py';
  tried.commit('its user as well', {
    VERSION: versions('1.1.0', '1.0.0', '1.1.0'),
    [file]: `${tried.read(file)}# two\n`,
  });
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

  it('with its record committed and no more, is gone on with by resume, or given up whole', async () => {
    const before = outcomeOf(start());
    const calm = twin(start());
    const lived = await program(calm.dir, ['1000000', ...command], calm.env, driver);
    const committed = JSON.parse(lived.out).names.findIndex((name: string) => name.startsWith('advance')) + 1;
    for (const [words, wanted] of [
      ['resume', outcomeOf(calm)],
      ['abort', { ...before, registry: expect.any(Array), left: expect.any(Array) }],
    ] as const) {
      const story = twin(start());
      await program(story.dir, [String(committed), ...command], story.env, driver);
      expect(story.head(), 'the record is there').not.toBe(start().head());
      const ran = await program(story.dir, [words], story.env);
      expect(ran.code, ran.err).toBe(0);
      expect(outcomeOf(story), words).toEqual(wanted);
    }
  });

  it('after any effect, and given up, leaves functions and branch as they were', async () => {
    const standing = (story: Repo) => [
      story.head(),
      ...['core-user', 'extra-user'].map((name) => {
        const { layers, code } = runs(story, 'stage', name);
        return [layers, code];
      }),
    ];
    const calm = twin(start());
    const lived = await program(calm.dir, ['1000000', ...command], calm.env, driver);
    const { names } = JSON.parse(lived.out) as { names: string[] };
    // As long as there is a journal with a step in it.
    for (let at = 4; at < names.lastIndexOf('remove .git/layer-policy/journal.jsonl'); at += 3) {
      const story = twin(start());
      await program(story.dir, [String(at), ...command], story.env, driver);
      const aborted = await program(story.dir, ['abort'], story.env);
      expect(aborted.code, `killed after effect ${at}: ${aborted.err}`).toBe(0);
      expect(standing(story), `killed after effect ${at}, ${names[at - 1]}`).toEqual(standing(start()));
    }
  });
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
