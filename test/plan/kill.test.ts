import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import type { Repo } from '../kit/repo.js';
import { buildDriver } from './driver.js';
import { footprint, halfway, killingGit, outcomeOf, program, raised, twin } from './story.js';

const command = ['release', '--env', 'local', '--record'];

let driver: string;
let start: Repo;
let wanted: ReturnType<typeof outcomeOf>;
let effects: number;

beforeAll(async () => {
  driver = await buildDriver();
  start = halfway();
  const first = run(start.dir, [...command, '--json'], { env: start.env });
  expect(first.code, first.stderr).toBe(0);
  raised(start);

  const calm = twin(start);
  const lived = await program(calm.dir, ['1000000', ...command.slice(1)], calm.env, driver);
  expect(lived.code, lived.err).toBe(0);
  effects = JSON.parse(lived.out).effects;
  wanted = outcomeOf(calm);
});

/** Runs the release again with the real program, and holds the end against an uninterrupted run's. */
async function converges(story: Repo, when: string) {
  const again = await program(story.dir, command, story.env);
  expect(again.code, `${when}: ${again.err}`).toBe(0);
  expect(outcomeOf(story), when).toEqual(wanted);
}

describe('release, killed', () => {
  it('ends, undisturbed, with all of it done and nothing else touched', () => {
    expect(effects).toBeGreaterThan(20);
    expect(wanted.tags.split('\n')).toHaveLength(3);
    expect(wanted.commits).toEqual([
      'release: core 1.1.0 (local)',
      'core 1.1.0',
      'release: core 1.0.0, extra 0.1.0 (local)',
      'init',
    ]);
    expect(wanted.registry.filter((line) => line.startsWith('local/versions/'))).toHaveLength(3);
    expect(Object.keys(wanted.contents)).toContain(
      `layer_management/archive/${new Date().toISOString().slice(0, 7)}/core-1.0.0.zip`,
    );
    expect(wanted.status.split('\n').sort()).toEqual(
      [' M kept.txt', '?? loose.txt', 'A  staged.txt', 'MM notes.txt'].sort(),
    );
    expect(wanted.left).toEqual([]);
  });

  it('after any effect, converges to the same end when run again', async () => {
    const points = Array.from({ length: effects }, (_, at) => at);
    const worker = async () => {
      for (let at = points.shift(); at !== undefined; at = points.shift()) {
        const story = twin(start);
        const killed = await program(story.dir, [String(at), ...command.slice(1)], story.env, driver);
        expect(killed.signal, `effect ${at}: ${killed.err}`).toBe('SIGKILL');
        await converges(story, `killed after effect ${at} of ${effects}`);
      }
    };
    await Promise.all([worker(), worker()]);
  }, 600_000);

  it('a second time while it recovers, converges all the same', async () => {
    for (let first = 8; first < effects; first += 9) {
      const story = twin(start);
      await program(story.dir, [String(first), ...command.slice(1)], story.env, driver);
      await program(story.dir, ['4', ...command.slice(1)], story.env, driver);
      await converges(story, `killed after effect ${first}, and again`);
    }
  }, 300_000);

  it('inside a git command that writes, before or after it, converges', async () => {
    for (const verb of ['hash-object', 'read-tree', 'update-index', 'write-tree', 'commit-tree', 'update-ref', 'tag']) {
      for (const when of ['before', 'after']) {
        const story = twin(start);
        const killed = await program(story.dir, command, { ...story.env, PATH: killingGit(story, verb, when) });
        expect(killed.signal, `${when} git ${verb}: ${killed.err}`).toBe('SIGKILL');
        await converges(story, `killed ${when} git ${verb}`);
      }
    }
  }, 300_000);

  it('and run twice more, the second does nothing', async () => {
    const story = twin(start);
    await program(story.dir, [String(Math.floor(effects / 2)), ...command.slice(1)], story.env, driver);
    await converges(story, 'killed halfway');
    const before = footprint(story);
    const again = await program(story.dir, command, story.env);
    expect(again.code).toBe(0);
    expect(again.out).toContain('Nothing to do');
    expect(footprint(story)).toEqual(before);
  });
});
