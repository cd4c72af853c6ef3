import { expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse.js';

it('a day without quotes is the text that was written', async () => {
  const yaml = 'waivers:\n  - until: 2026-03-01\n  - until: "2026-03-01"\n';
  const { value } = await parseConfig('.layerpolicyrc.yaml', new TextEncoder().encode(yaml));
  expect(value).toEqual({ waivers: [{ until: '2026-03-01' }, { until: '2026-03-01' }] });
});
