import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: { 'layer-policy/rule': fileURLToPath(new URL('./src/rule/index.ts', import.meta.url)) },
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Real git and real processes on small machines: slow is not wrong.
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // Most of a test is waiting, for processes it started and for services that are asked no faster than they allow.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    reporters: ['default', './test/kit/closing-line.ts'],
    globalSetup: ['test/kit/build-once.ts'],
  },
});
