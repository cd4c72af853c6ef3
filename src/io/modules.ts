import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { failure } from '../errors.js';
import type { Modules } from '../ports.js';

/** Longer than any module takes; one that waits for ever would keep a commit waiting with it. */
const patience = 30_000;

// A bundler would make a require of a plain import, and that takes no module that awaits.
const load: (url: string) => Promise<Record<string, unknown>> = new Function('url', 'return import(url)') as never;

/** Modules as Node runs them. `self`: the running program, beside which the door of rules lies. */
export function nodeModules(self: string): Modules {
  return {
    fromFile: (path) => soon(load(pathToFileURL(path).href)),
    async fromText(text) {
      const folder = await place(text, join(dirname(await realpath(self)), 'rule.js'));
      try {
        return await soon(load(pathToFileURL(join(folder, 'plugin.mjs')).href));
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/**
 * In a folder of its own, beside a package `layer-policy` that is this very program: so the import of `layer-policy/rule`
 * leads here however this program was installed, and no import leads into a work tree.
 */
async function place(text: Uint8Array, door: string): Promise<string> {
  try {
    const folder = await mkdtemp(join(tmpdir(), 'layer-policy-plugin-'));
    const home = join(folder, 'node_modules', 'layer-policy');
    await mkdir(home, { recursive: true });
    const manifest = { name: 'layer-policy', type: 'module', exports: { './rule': './rule.js' } };
    await Promise.all([
      writeFile(join(home, 'package.json'), JSON.stringify(manifest)),
      writeFile(join(home, 'rule.js'), `export * from ${JSON.stringify(pathToFileURL(door).href)};\n`),
      writeFile(join(folder, 'plugin.mjs'), text),
    ]);
    return folder;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw failure('file-system', {
      path: tmpdir(),
      problem,
      fix: 'Make room there, or name another place with TMPDIR.',
    });
  }
}

async function soon<Value>(loading: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not imported after ${patience / 1000} seconds`)), patience);
  });
  return Promise.race([loading, tooLong]).finally(() => clearTimeout(timer));
}
