import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { playScenario } from '../kit/scenario.js';
import { parseScenario } from '../kit/scenario-file.js';

const folder = new URL('.', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.scenario'));

describe('scenarios', () => {
  it('are found', () => expect(names).not.toHaveLength(0));

  for (const name of names) {
    const text = readFileSync(new URL(name, folder), 'utf8');
    it(`${name}: ${parseScenario(text).about}`, () => playScenario(name, text));
  }
});
