import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { catalogue } from '../../src/failures.js';

/** One object is made of all topics, so a code of two would be lost without a word. */
it('each code is in one topic alone', async () => {
  const topics = readdirSync('src/failures').filter((file) => file !== 'entry.ts');
  const codes: string[] = [];
  for (const topic of topics) {
    const exported = (await import(`../../src/failures/${topic.replace('.ts', '.js')}`)) as Record<string, object>;
    codes.push(...Object.values(exported).flatMap(Object.keys));
  }
  expect(codes.sort()).toEqual(Object.keys(catalogue).sort());
});
