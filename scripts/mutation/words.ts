/**
 * What tests find here as `vitest`: its own `expect`, and words that only write down what is to be run. So a test
 * runs in the process that has loaded it, again and again, in a fraction of a millisecond.
 */
import { format } from 'node:util';
import { ASYMMETRIC_MATCHERS_OBJECT, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';
import * as chai from 'chai';

for (const plugin of [JestExtend, JestChaiExpect, JestAsymmetricMatchers]) chai.use(plugin);
const matchers = (globalThis as Record<symbol, unknown>)[ASYMMETRIC_MATCHERS_OBJECT];
export const expect = Object.assign(
  (value: unknown, message?: string) => chai.expect(value, message),
  chai.expect,
  matchers,
);

type Act = (...given: unknown[]) => unknown;
type Telling = (name: string, ...rest: unknown[]) => void;
export interface Test {
  id: string;
  file: string;
  name: string;
  run(): Promise<void>;
}

/** All tests that were told, by id, in their order. */
export const told = new Map<string, Test>();

interface Suite {
  name: string;
  before: Act[];
  after: Act[];
}

let file = '';
let suites: Suite[] = [];

/** Writes down the tests of a file, which `load` imports. */
export async function telling(path: string, load: () => Promise<unknown>): Promise<void> {
  file = path;
  suites = [{ name: '', before: [], after: [] }];
  await load();
}

const last = <Value>(values: Value[]): Value => values[values.length - 1] as Value;

function add(title: string, act: Act): void {
  const around = [...suites];
  const name = [...around.map((suite) => suite.name), title].filter((part) => part !== '').join(' ');
  let id = `${file}#${name}`;
  for (let again = 2; told.has(id); again++) id = `${file}#${name} (${again})`;
  const run = async () => {
    for (const { before } of around) for (const each of before) await each();
    try {
      await act();
    } finally {
      for (const { after } of around) for (const each of after) await each();
    }
  };
  told.set(id, { id, file, name: id.slice(file.length + 1), run });
}

/** The action among what follows a name: options and time limits say nothing here. */
const actOf = (rest: unknown[]) => rest.find((each): each is Act => typeof each === 'function') ?? (() => {});

const word = (tell: (name: string, act: Act) => void) => {
  const plain: Telling = (name, ...rest) => tell(name, actOf(rest));
  const each =
    (table: readonly unknown[]) =>
    (name: string, ...rest: unknown[]) =>
      table.forEach((row, number) => {
        const given = Array.isArray(row) ? row : [row];
        const title = format(name.replaceAll('%#', String(number)), ...given)
          .replace(/\s+/g, ' ')
          .slice(0, 100);
        tell(title, () => actOf(rest)(...given));
      });
  const skip: Telling = () => {};
  return Object.assign(plain, {
    each,
    skip,
    runIf: (yes: unknown) => (yes ? plain : skip),
    skipIf: (yes: unknown) => (yes ? skip : plain),
  });
};

export const it = word(add);
export const test = it;
export const describe = word((name, act) => {
  suites = [...suites, { name, before: [], after: [] }];
  act();
  suites = suites.slice(0, -1);
});

/** Once for all tests of a suite: its value is kept. */
export function beforeAll(act: Act): void {
  let done: Promise<unknown> | null = null;
  last(suites).before.push(() => {
    done ??= Promise.resolve(act());
    return done;
  });
}
export const beforeEach = (act: Act): void => void last(suites).before.push(act);
export const afterEach = (act: Act): void => void last(suites).after.push(act);
/** The process ends when all is done, and nothing of these tests outlives it. */
export const afterAll = (): void => {};
