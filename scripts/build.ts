/**
 * Makes dist/: the CLI, the public doors as ES modules with their types, and the schemas without the blanks that make up
 * more than half of them. Dependencies stay outside.
 */
import { readFileSync, rmSync } from 'node:fs';
import { type BuildOptions, build } from 'esbuild';
import { buildCli } from './build/cli.js';
import { buildSchemas } from './build/schemas.js';
import { buildTypes } from './build/types.js';

const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

const shared = {
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20.19',
  external: Object.keys(dependencies),
  define: { __VERSION__: JSON.stringify(version) },
  alias: { 'layer-policy/rule': './src/rule/index.ts' },
  logLevel: 'warning',
} satisfies BuildOptions;

rmSync('dist', { recursive: true, force: true });
await buildCli(shared, 'dist');
await build({
  ...shared,
  format: 'esm',
  splitting: true,
  entryPoints: { index: 'src/index.ts', rule: 'src/rule/index.ts', testing: 'src/rule/testing.ts' },
  outdir: 'dist',
  chunkNames: 'doors-[hash]',
});
buildTypes('dist/types', ['src/index.d.ts', 'src/rule/index.d.ts', 'src/rule/testing.d.ts']);
buildSchemas('schemas', 'dist/schemas');
