import fc from 'fast-check';
import { type Story, stories } from './story.js';
import type { Tally } from './tally.js';
import { tellStory } from './tell-story.js';
import { goAllWays } from './ways.js';

/** Hooks and CI say the same of one change, however it is committed and pushed; so no push passes what CI refuses. */
export function agreement(tally: Tally): fc.IAsyncProperty<[Story]> {
  return fc.asyncProperty(stories, async (story) => {
    const differences = await goAllWays(tellStory(story), tally);
    if (differences.length > 0) throw new Error(differences.join('\n'));
  });
}
