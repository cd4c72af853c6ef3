import fc from 'fast-check';
import { expect, it } from 'vitest';
import { agreement } from './agreement.js';
import type { Tally } from './tally.js';

// A sample that is always the same; npm run test:histories goes on from it.
it('hooks and CI say the same of one change, however it is committed and pushed', async () => {
  const tally: Tally = {};
  await fc.assert(agreement(tally), { seed: 1, numRuns: 40 });
  for (const [way, { runs, impossible, refused }] of Object.entries(tally)) {
    expect([way, runs, impossible < runs / 2, refused > 0, refused < runs]).toEqual([way, 40, true, true, true]);
  }
}, 900_000);
