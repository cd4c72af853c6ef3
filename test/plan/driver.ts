import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { tempFolder } from '../kit/temp.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The path of a program like ours that ends itself after its nth effect: `kill-driver.ts`. */
export async function buildDriver(): Promise<string> {
  const driver = join(tempFolder('driver'), 'driver.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('kill-driver.ts', import.meta.url))],
    outfile: driver,
    bundle: true,
    platform: 'node',
    format: 'esm',
    absWorkingDir: root,
    // A bundle lies outside the project, so packages it imports by name must be in it.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    alias: { 'layer-policy/rule': './src/rule/index.ts' },
    logLevel: 'error',
    // Provenances name the version, and the real program goes on where the driver was killed.
    define: { __VERSION__: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
  });
  return driver;
}
