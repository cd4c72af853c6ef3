import { beforeAll, expect, it } from 'vitest';
import { buildDriver } from '../../plan/driver.js';
import { bench } from '../bench.js';
import { killedAt, type Point, pointsOf } from './kill.js';
import { commands, type Lane, laneOf, type Start, starts } from './start.js';

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
  expect(all.map(({ command }) => command)).toEqual(Object.keys(commands));
  for (const { effects } of all) expect(new Set(effects.map(({ place }) => place)).size).toBe(3);
  expect(points.length).toBeGreaterThanOrEqual(300);
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
  expect(outcome, `${at}: ${start.command}, killed ${side} ${effect.what}`).toEqual(none);
});
