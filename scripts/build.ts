/**
 * Makes dist/: one CommonJS file for the CLI (the ESM loader alone costs a hook a tenth of its time), ES modules with
 * types for the two public doors. Dependencies stay outside and are required when first used.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

rmSync('dist', { recursive: true, force: true });

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: Object.keys(dependencies),
  define: { __VERSION__: JSON.stringify(version) },
  alias: { 'layer-policy/rule': './src/rule/index.ts' },
  logLevel: 'warning',
} as const;

await build({
  ...shared,
  entryPoints: { bin: 'src/bin.ts' },
  outdir: 'dist',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  banner: { js: '#!/usr/bin/env node' },
  minifySyntax: true,
  minifyWhitespace: true,
});
chmodSync('dist/bin.cjs', 0o755);

await build({ ...shared, entryPoints: { index: 'src/index.ts', rule: 'src/rule/index.ts' }, outdir: 'dist', format: 'esm' });
execFileSync('npx', ['tsc', '-p', 'tsconfig.types.json'], { stdio: 'inherit' });
