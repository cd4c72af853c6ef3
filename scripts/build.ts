/**
 * Makes dist/: the hook's path through the CLI as one CommonJS file (the ESM loader alone costs a hook a tenth of its
 * time, and each file more a few hundredths), what other commands need as pieces beside it, and the public doors as ES
 * modules with types. Dependencies stay outside.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { type BuildOptions, build, type Plugin, transformSync } from 'esbuild';
import { recordHook } from './build/record-hook.js';

const { version, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const target = 'node20.19';

/** Imported when first used, but used by every hook. */
const inMain = join('src', 'commands', 'check.ts');

const shared = {
  bundle: true,
  platform: 'node',
  target,
  external: Object.keys(dependencies),
  define: { __VERSION__: JSON.stringify(version) },
  alias: { 'layer-policy/rule': './src/rule/index.ts' },
  logLevel: 'warning',
} satisfies BuildOptions;

/** Leaves what is imported on demand to the second build, and remembers what that was. */
function cutAtDemand(pieces: Map<string, string>): Plugin {
  return {
    name: 'cut-at-demand',
    setup(build) {
      build.onResolve({ filter: /^\./ }, async ({ path, kind, resolveDir, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === 'resolving') return null;
        const found = await build.resolve(path, { kind, resolveDir, pluginData: 'resolving' });
        const file = relative(process.cwd(), found.path);
        if (found.errors.length > 0 || file === inMain) return found;
        const piece = relative('src', file).replace(/\.ts$/, '').replaceAll(/[\\/]/g, '-');
        pieces.set(piece, file);
        return { path: `./cli/${piece}.cjs`, external: true };
      });
    },
  };
}

/** Examples are for the docs, the tests and `explain`; a hook would read them and never look at one. */
const withoutExamples: Plugin = {
  name: 'without-examples',
  setup(build) {
    build.onLoad({ filter: /[\\/]rules[\\/][\w-]+\.ts$/ }, ({ path }) => {
      const rule = readFileSync(path, 'utf8');
      const contents = rule.replace(/^ {2}examples: \[$.*?^ {2}\],$/ms, '  examples: [],');
      if (contents === rule) throw new Error(`${path}: its examples are not where the formatter puts them`);
      return { contents, loader: 'ts' };
    });
  },
};

rmSync('dist', { recursive: true, force: true });

const pieces = new Map<string, string>();
await build({
  ...shared,
  format: 'cjs',
  minify: true,
  entryPoints: { main: 'src/bin.ts' },
  outdir: 'dist',
  // What load.cjs calls.
  banner: { js: '(function (module, require) {' },
  footer: { js: '})' },
  supported: { 'dynamic-import': false },
  plugins: [cutAtDemand(pieces), withoutExamples],
});
cpSync('scripts/build/load.cjs', 'dist/bin.cjs');
chmodSync(join('dist', 'bin.cjs'), 0o755);

// esbuild splits ES modules only, so the pieces are made CommonJS one by one afterwards.
const cold = await build({
  ...shared,
  format: 'esm',
  splitting: true,
  metafile: true,
  entryPoints: Object.fromEntries(pieces),
  outdir: join('dist', 'cli'),
  outExtension: { '.js': '.cjs' },
  chunkNames: 'shared-[hash]',
});
for (const file of Object.keys(cold.metafile.outputs)) {
  const { code } = transformSync(readFileSync(file, 'utf8'), {
    format: 'cjs',
    platform: 'node',
    target,
    minify: true,
    supported: { 'dynamic-import': false },
    sourcefile: basename(file),
  });
  writeFileSync(file, code);
}

await build({
  ...shared,
  format: 'esm',
  entryPoints: { index: 'src/index.ts', rule: 'src/rule/index.ts', testing: 'src/rule/testing.ts' },
  outdir: 'dist',
});
execFileSync('npx', ['tsc', '-p', 'tsconfig.types.json'], { stdio: 'inherit' });
recordHook(join('dist', 'bin.cjs'));
