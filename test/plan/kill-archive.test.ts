import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { buildDriver } from './driver.js';
import { halfway, killingGit, outcomeOf, program, twin } from './story.js';

const archive = 'layer_management/archive';
const months = {
  [`${archive}/2020-01/core-0.1.0.zip`]: 'one',
  [`${archive}/2020-01/extra-0.0.1.zip`]: 'two',
  [`${archive}/2020-02/core-0.2.0.zip`]: 'three',
};

let driver: string;
let start: Repo;
let wanted: ReturnType<typeof outcomeOf>;
let effects: number;

const command = (to: string) => ['archive', '--older-than', '90', '--to', to, '--yes'];
/** What is kept, each file as `path content`. */
const kept = (to: string) =>
  readdirSync(to, { recursive: true, withFileTypes: true })
    // Of a file that was being written a hidden half may stay: the folder may be others' as well, so nobody sweeps it.
    .filter((entry) => entry.isFile() && !/^\..*\.tmp$/.test(entry.name))
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return `${archive}${path.slice(to.length)} ${readFileSync(path, 'utf8')}`;
    })
    .sort();
const all = Object.entries(months).map(([path, text]) => `${path} ${text}`);

beforeAll(async () => {
  driver = await buildDriver();
  start = halfway().commit('months', months);
  start.stage({ 'staged.txt': 'staged\n' }).write({ 'kept.txt': 'two, not staged\n', 'loose.txt': 'untracked\n' });
  const calm = twin(start);
  const lived = await program(calm.dir, ['1000000', ...command(tempFolder('kept'))], calm.env, driver);
  expect(lived.code, lived.err).toBe(0);
  effects = JSON.parse(lived.out).effects;
  wanted = outcomeOf(calm);
});

/** At any moment: whatever HEAD has not any more is kept elsewhere, whole. */
function loseNothing(story: Repo, to: string, when: string): void {
  const there = kept(to);
  for (const [path, text] of Object.entries(months)) {
    const isHere = story.tryGit('cat-file', '-e', `HEAD:${path}`).code === 0 && story.exists(path);
    expect(isHere || there.includes(`${path} ${text}`), `${when}: ${path}`).toBe(true);
  }
}

async function converges(story: Repo, to: string, when: string, again: string[] = command(to)) {
  const ran = await program(story.dir, again, story.env);
  expect(ran.code, `${when}: ${ran.err}`).toBe(0);
  expect([outcomeOf(story), kept(to)], when).toEqual([wanted, all]);
}

describe('archive, killed', () => {
  it('after any effect, has lost nothing, and converges when run again or resumed', async () => {
    expect(effects).toBeGreaterThan(10);
    for (let at = 0; at < effects; at++) {
      const [story, to, when] = [twin(start), tempFolder('kept'), `killed after effect ${at} of ${effects}`];
      const killed = await program(story.dir, [String(at), ...command(to)], story.env, driver);
      expect(killed.signal, `${when}: ${killed.err}`).toBe('SIGKILL');
      loseNothing(story, to, when);
      await converges(story, to, when);
    }
  }, 300_000);

  it('resumed by name, or killed again while it recovers', async () => {
    for (let first = 5; first < effects; first += 4) {
      const [story, to, when] = [twin(start), tempFolder('kept'), `killed after effect ${first}, and again`];
      await program(story.dir, [String(first), ...command(to)], story.env, driver);
      await program(story.dir, ['3', ...command(to)], story.env, driver);
      loseNothing(story, to, when);
      const resumed = await program(story.dir, ['resume'], story.env);
      expect(resumed.code, resumed.err).toBe(0);
      await converges(story, to, when);
    }
  }, 300_000);

  it('inside a git command that writes, before or after it, converges', async () => {
    for (const verb of ['read-tree', 'update-index', 'write-tree', 'commit-tree', 'update-ref']) {
      for (const when of ['before', 'after']) {
        const [story, to] = [twin(start), tempFolder('kept')];
        // The record is made once before anything else is done, to be judged, and once to be kept.
        const time = verb === 'update-ref' ? 1 : 2;
        const env = { ...story.env, PATH: killingGit(story, verb, when, time) };
        const killed = await program(story.dir, command(to), env);
        expect(killed.signal, `${when} git ${verb}: ${killed.err}`).toBe('SIGKILL');
        loseNothing(story, to, verb);
        await converges(story, to, `killed ${when} git ${verb}`);
      }
    }
  }, 300_000);

  it('and given up, brings back what it removed', async () => {
    const [story, to] = [twin(start), tempFolder('kept')];
    await program(story.dir, [String(effects - 3), ...command(to)], story.env, driver);
    const aborted = await program(story.dir, ['abort'], story.env);
    expect(aborted.code, aborted.err).toBe(0);
    expect(outcomeOf(story)).toEqual({ ...outcomeOf(start), left: [] });
  });
});
