/**
 * A test runner for Stryker that loads the tests that need no other process and no clock once, and then runs for each
 * mutant those that reach it. Vitest starts a worker and loads everything anew for each: half a second where this takes a
 * few milliseconds.
 *
 * Since the process goes on, a mutant could leave something behind, in a cache of a module. So a test that fails is run
 * again without the mutant: where it fails as well, Stryker is to ask a fresh process.
 */
import { readdirSync } from 'node:fs';
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { configureGlobal } from 'fast-check';
import { asked } from './not-here.js';

interface Stryker {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number | undefined;
  hitLimit?: number | undefined;
  mutantCoverage?: { perTest: Record<string, unknown> };
}

interface Mutant {
  activeMutant: { id: string };
  testFilter?: string[];
  hitLimit?: number;
}

const stryker: Stryker = {};
(globalThis as Record<string, unknown>).__stryker__ = stryker;

const milliseconds = () => Number(process.hrtime.bigint()) / 1e6;

/** Where tests of the mutated floors are. */
const folders = ['config', 'layer', 'policy', 'rule', 'rules'];

/** All that is mutated. */
const mutated = ['src/layer', 'src/policy', 'rules'];

const within = (folder: string) => readdirSync(folder, { recursive: true }).map((file) => `${folder}/${file}`);

async function load() {
  const words = new URL('./words.ts', import.meta.url).href;
  const here = (path: string) => pathToFileURL(path).href;
  const notHere = new URL('./not-here.ts', import.meta.url).href;
  const doors = {
    ...{ vitest: words, 'vitest/node': notHere, 'node:child_process': notHere },
    'layer-policy/rule': here('src/rule/index.ts'),
  };
  register('./resolve.mjs', import.meta.url, { data: doors });
  const { telling, told } = (await import(words)) as typeof import('./words.js');
  configureGlobal({ seed: 1 }); // The same score for the same code.
  // What is only loaded in a test would count as run by it, though it is evaluated once, as all that stands in modules.
  for (const path of mutated.flatMap(within))
    if (!/\.gen\.|\.d\.ts$/.test(path) && path.endsWith('.ts')) await import(here(path));
  const files = folders.flatMap((folder) => within(`test/${folder}`));
  const wanted = (process.env.TESTS ?? '').split(',');
  const isAsked = (file: string) => file.endsWith('.test.ts') && wanted.some((prefix) => file.startsWith(prefix));
  for (const file of files.filter(isAsked).sort()) {
    asked.tooMuch = false;
    await telling(file, () => import(here(file))).catch((error) => {
      if (!asked.tooMuch) throw error;
    });
  }
  return told;
}

/** What a test fails with, or null. */
async function failure(run: () => Promise<void>): Promise<string | null> {
  try {
    await run();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function runner() {
  let tests: Awaited<ReturnType<typeof load>>;
  let isFresh = true;
  /** Milliseconds each test took when it last ran: the quick ones are asked first. */
  const spent = new Map<string, number>();
  return {
    capabilities: () => ({ reloadEnvironment: false }),
    async init() {
      tests = await load();
    },
    async dryRun() {
      const results = [];
      for (const { id, name, file, run } of tests.values()) {
        stryker.currentTestId = id;
        asked.tooMuch = false;
        const started = milliseconds();
        const failed = await failure(run);
        const one = { id, name, fileName: file, timeSpentMs: Math.ceil(milliseconds() - started) };
        if (asked.tooMuch) delete stryker.mutantCoverage?.perTest[id];
        else results.push(failed === null ? { ...one, status: 0 } : { ...one, status: 1, failureMessage: failed });
      }
      stryker.currentTestId = undefined;
      return { status: 'complete', tests: results, mutantCoverage: stryker.mutantCoverage };
    },
    async mutantRun({ activeMutant, testFilter, hitLimit }: Mutant) {
      const chosen = (testFilter ?? [...tests.keys()]).sort((a, b) => (spent.get(a) ?? 0) - (spent.get(b) ?? 0));
      const wasFresh = isFresh;
      isFresh = false;
      for (const [number, id] of chosen.entries()) {
        const { run } = tests.get(id) ?? { run: async () => {} };
        Object.assign(stryker, {
          activeMutant: activeMutant.id,
          hitCount: hitLimit === undefined ? undefined : 0,
          hitLimit,
        });
        const started = milliseconds();
        const failed = await failure(run);
        spent.set(id, milliseconds() - started);
        const isEndless = hitLimit !== undefined && (stryker.hitCount ?? 0) > hitLimit;
        Object.assign(stryker, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
        if (isEndless) return { status: 'timeout', reason: 'It was run too often.' };
        if (failed === null) continue;
        if (!wasFresh && (await failure(run)) !== null) throw new Error(`${id} fails without a mutant`);
        return { status: 'killed', killedBy: [id], failureMessage: failed, nrOfTests: number + 1 };
      }
      return { status: 'survived', nrOfTests: chosen.length };
    },
  };
}
runner.inject = [] as const;

export const strykerPlugins = [{ kind: 'TestRunner', name: 'within', factory: runner }];
