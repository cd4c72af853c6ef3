import { beforeAll, describe, expect, it } from 'vitest';
import { done, governed } from '../commands/moving.js';
import type { Repo } from '../kit/repo.js';
import { buildDriver } from './driver.js';
import { killingGit, outcomeOf, program, twin } from './story.js';

let driver: string;
let start: Repo;
let wanted: ReturnType<typeof outcomeOf>;
let effects: number;

const adopt = ['init', '--adopt', '--env', 'dev', '--yes'];

/** What runs in `dev` and is recorded nowhere, and a user in the middle of other work. */
beforeAll(async () => {
  driver = await buildDriver();
  start = governed();
  const head = start.head();
  done(start, 'release', '--all', '--env', 'dev', '--yes');
  start.git('tag', '-d', ...start.git('tag').split('\n'));
  start.git('reset', '-q', '--hard', head);
  start.stage({ 'staged.txt': 'staged\n' }).write({ 'loose.txt': 'untracked\n' });
  const calm = twin(start);
  const lived = await program(calm.dir, ['1000000', ...adopt], calm.env, driver);
  expect(lived.code, lived.err).toBe(0);
  effects = JSON.parse(lived.out).effects;
  wanted = outcomeOf(calm);
});

async function converges(story: Repo, when: string, again = adopt): Promise<void> {
  const ran = await program(story.dir, again, story.env);
  expect(ran.code, `${when}: ${ran.err}`).toBe(0);
  expect(outcomeOf(story), when).toEqual(wanted);
}

describe('init --adopt, killed', () => {
  it('after any effect converges when it is run again, and after every other when it is resumed', async () => {
    expect(effects).toBeGreaterThan(5);
    for (let at = 0; at < effects; at++) {
      const [story, when] = [twin(start), `killed after effect ${at} of ${effects}`];
      const killed = await program(story.dir, [String(at), ...adopt], story.env, driver);
      expect(killed.signal, `${when}: ${killed.err}`).toBe('SIGKILL');
      expect(outcomeOf(story).registry, when).toEqual(wanted.registry);
      if (at % 2 === 1 && outcomeOf(story).left.includes('journal')) {
        const resumed = await program(story.dir, ['resume'], story.env);
        expect(resumed.code, `${when}: ${resumed.err}`).toBe(0);
      }
      await converges(story, when);
    }
  }, 300_000);

  it('inside a git command that writes, before or after it, converges', async () => {
    for (const verb of ['commit-tree', 'update-ref']) {
      for (const when of ['before', 'after']) {
        const story = twin(start);
        const env = { ...story.env, PATH: killingGit(story, verb, when) };
        const killed = await program(story.dir, adopt, env);
        expect(killed.signal, `${when} git ${verb}: ${killed.err}`).toBe('SIGKILL');
        await converges(story, `killed ${when} git ${verb}`);
      }
    }
  }, 300_000);

  it('and given up, leaves all as it was', async () => {
    const story = twin(start);
    await program(story.dir, [String(effects - 2), ...adopt], story.env, driver);
    const aborted = await program(story.dir, ['abort'], story.env);
    expect(aborted.code, aborted.err).toBe(0);
    expect(outcomeOf(story)).toEqual({ ...outcomeOf(start), left: [] });
  });
});
