import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { init } from 'es-module-lexer';
import { type BuildOptions, build } from 'esbuild';
import { functionBody, neededAtOnce } from './link.js';

/** What a hook runs through. The second is imported when first used, but used by every hook. */
const hot = ['src/bin.ts', 'src/commands/check.ts'];

/** One of esbuild's ES modules. */
interface Module {
  name: string;
  text: string;
  /** The file it was made of, where other modules import it on demand. */
  source: string | undefined;
}

/**
 * The CLI: `main.js`, all of a hook's path in one file, for each file more costs it a few hundredths; and `cli/`, what
 * other commands need, in pieces that share what they share with each other and with main.
 */
export async function buildCli(shared: BuildOptions, dist: string): Promise<void> {
  await init;
  const modules = await bundle(shared);
  const body = ({ text }: Module) =>
    functionBody(text, (specifier) => {
      const own = modules.get(specifier);
      return own === undefined ? `require(${JSON.stringify(specifier)})` : `load(${JSON.stringify(own.name)})`;
    });
  const main = new Set([...modules.values()].filter(({ source = '' }) => hot.includes(source)));
  for (const { text } of main) {
    for (const specifier of neededAtOnce(text)) {
      const own = modules.get(specifier);
      if (own !== undefined) main.add(own);
    }
  }

  mkdirSync(join(dist, 'cli'), { recursive: true });
  writeFileSync(join(dist, 'main.js'), mainFile([...main].map((module) => `"${module.name}":()=>{${body(module)}}`)));
  for (const module of modules.values()) {
    const piece = `"use strict";const load=require("../bin.cjs");${body(module).replace(/return(\{[^}]*\})$/, 'module.exports=$1')}\n`;
    if (!main.has(module)) writeFileSync(join(dist, 'cli', `${module.name}.cjs`), piece);
  }
  cpSync('scripts/build/load.cjs', join(dist, 'bin.cjs'));
  chmodSync(join(dist, 'bin.cjs'), 0o755);
}

/** What load.cjs calls. The pieces find `load` as what bin.cjs exports. */
function mainFile(parts: string[]): string {
  return `(function(module,require){"use strict";
const made={},load=module.exports=(name)=>made[name]??=parts[name]?.()??require("./cli/"+name+".cjs"),
parts={${parts.join(',\n')}};
load("bin")})
`;
}

/** By the specifier they import each other by. */
async function bundle(shared: BuildOptions): Promise<Map<string, Module>> {
  const { outputFiles, metafile } = await build({
    ...shared,
    format: 'esm',
    splitting: true,
    metafile: true,
    write: false,
    entryPoints: ['src/bin.ts'],
    outdir: 'nowhere',
    chunkNames: 'shared-[hash]',
  });
  const modules = outputFiles.map(({ path, text }, number): [string, Module] => {
    const source = metafile.outputs[relative(process.cwd(), path).replaceAll('\\', '/')]?.entryPoint;
    const name = source === undefined ? `${number}` : source.replace(/^src\/|\.\w+$/g, '').replaceAll('/', '-');
    return [`./${basename(path)}`, { name, text, source }];
  });
  return new Map(modules);
}
