import fc from 'fast-check';
import { it } from 'vitest';
import { stories } from './story.js';
import { tellStory } from './tell-story.js';
import { goAllWays, type Tally } from './ways.js';

it('try', async () => {
  const tally: Tally = {};
  const seen = new Map<string, [number, string]>();
  let i = 0;
  const t = Date.now();
  for (const story of fc.sample(stories, {
    seed: Number(process.env.SEED ?? 1),
    numRuns: Number(process.env.RUNS ?? 30),
  })) {
    i++;
    try {
      for (const d of await goAllWays(tellStory(story), tally)) {
        const key = d.replace(/"(file|fingerprint|message|hint|data|line|pathBytes)":.*$/, '');
        const was = seen.get(key);
        if (was) was[0]++;
        else seen.set(key, [1, `#${i} ${d}\n${JSON.stringify(story)}`]);
      }
    } catch (e) {
      console.log(i, JSON.stringify(story), e);
    }
  }
  console.log(Date.now() - t, 'ms', tally);
  for (const [k, [n, example]] of seen) console.log(n, k, '\n   ', example.slice(0, 1500));
}, 6000_000);
