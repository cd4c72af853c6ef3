import { expect, it } from 'vitest';
import { bench } from '../bench.js';
import { killedAt, type Point } from './kill.js';
import { type Command, type Start, starts } from './start.js';

const ministack = bench('ministack');

/** The points where most is at stake; `npm run test:kills` tries them all. */
const sample: [Command, Point['side'], on: string, nth: number, twice?: true][] = [
  ['release', 'after', 'UpdateFunctionCode', 0],
  ['promote', 'after', 'PublishLayerVersion', 0, true],
  ['promote', 'before', 'UpdateFunctionConfiguration', 1],
  ['promote', 'before', 'Invoke', 0],
  ['rollback', 'after', 'UpdateFunctionConfiguration', 0, true],
];

let all: Start[];

it('worlds before a release, a promotion and a rollback', async () => {
  all = await starts(ministack);
  expect(all.map(({ writes }) => writes.length)).toEqual([10, 10, 7]);
});

it.each(sample)(
  '%s, killed %s %s %i and resumed, ends as an undisturbed run',
  async (command, side, on, nth, twice) => {
    const start = all.find((one) => one.command === command) as Start;
    const writes = start.writes.flatMap((name, at) => (name === on ? [at] : []));
    const outcome = await killedAt(ministack, { start, write: writes[nth] ?? -1, side }, twice);
    expect(outcome).toEqual({ duplicates: 0, mixed: 0, lost: 0, differs: '' });
  },
  60_000,
);
