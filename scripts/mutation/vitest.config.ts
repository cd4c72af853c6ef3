import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Those of the built program: it holds no mutant. */
const runsTheBuild = /kit\/cli\.js|kit\/scenario|\/record\.js|\/judging\.js|\/build-once\.js/;

/** The tests that run the source itself, and run it in this process: only they can notice a mutant. */
const within = process.env.TESTS ?? '';
const noticing = ['layer', 'policy', 'rule', 'rules']
  .flatMap((folder) => readdirSync(`test/${folder}`, { recursive: true }).map((file) => `test/${folder}/${file}`))
  .filter(
    (file) => file.startsWith(within) && file.endsWith('.test.ts') && !runsTheBuild.test(readFileSync(file, 'utf8')),
  );

export default defineConfig({
  resolve: {
    alias: { 'layer-policy/rule': fileURLToPath(new URL('../../src/rule/index.ts', import.meta.url)) },
  },
  test: { include: noticing, setupFiles: ['scripts/mutation/clock.ts'], testTimeout: 120_000 },
});
