import { beforeAll, expect, it } from 'vitest';
import { buildDriver } from '../../plan/driver.js';
import { bench } from '../bench.js';
import { abortedAt, killedAt, type Point, pointsOf } from './kill.js';
import { type Lane, laneOf, type Start, starts } from './start.js';
import { stories } from './stories.js';

const ministack = bench('ministack');
/** As many as are tried in a run of all tests, every fifth of them killed again; `npm run test:kills` tries them all. */
const sample = 30;

let lane: Lane;
let all: Start[];
let points: Point[];

beforeAll(async () => {
  lane = await laneOf(ministack, await buildDriver());
  all = await starts(lane);
  points = pointsOf(all);
});

it('there are hundreds of moments, of every command, here, in git and in AWS', () => {
  expect(all.map(({ act }) => act)).toEqual(stories.flatMap(({ acts }) => acts));
  for (const { effects } of all) expect(new Set(effects.map(({ place }) => place)).size).toBe(3);
  expect(points.length).toBeGreaterThanOrEqual(700);
});

it('versions and aliases of functions are among them, of two targets as well', () => {
  const flips = all.map(({ act, effects }) => [
    act.command,
    ...['PublishVersion', 'UpdateAlias'].map((name) => effects.filter(({ what }) => what === name).length),
  ]);
  expect(flips).toEqual([
    ['release', 1, 1],
    ['promote', 1, 1],
    ['rollback', 0, 1],
    ['archive', 0, 0],
    ['release-both', 2, 2],
    ['promote-both', 2, 2],
    ['rollback-both', 0, 2],
  ]);
});

it.each(
  Array.from({ length: sample }, (_, nth) => nth),
)('killed at moment %i of 30 and resumed, it ends as an undisturbed run', async (nth) => {
  const at = Math.floor((nth * points.length) / sample);
  const point = points[at] as Point;
  const second = nth % 5 === 4 ? ({ place: nth % 2 === 0 ? 'aws' : 'here', nth: 1 } as const) : null;
  const { killedAgain: _, ...outcome } = await killedAt(lane, point, second);
  const { start, side, effect } = point;
  const none = { duplicates: 0, mixed: 0, lost: 0, differs: '' };
  expect(outcome, `${at}: ${start.act.command}, killed ${side} ${effect.what}`).toEqual(none);
});

/** The second call is the last one in the first target, before anything of the other's functions is touched. */
it.each([
  'release-both',
  'promote-both',
  'rollback-both',
])('%s killed between two targets and given up: functions of both are back', async (command) => {
  const tried = points.filter(
    ({ start, effect, side }) => start.act.command === command && effect.what === 'Invoke' && side === 'after',
  );
  const none = { duplicates: 0, mixed: 0, lost: 0, differs: '' };
  expect(await abortedAt(lane, tried[1] as Point)).toEqual(none);
});
