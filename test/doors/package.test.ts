import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { examplesOf } from '../../src/policy/examples.gen.js';
import { exampleRepo } from '../kit/example.js';
import { tempFolder } from '../kit/temp.js';
import { installPacked, start } from './foreign.js';

const folder = tempFolder('package');
const home = join(folder, 'node_modules/layer-policy');
const dist = join(home, 'dist');

beforeAll(() => installPacked(folder));

/** Every file of the package, by its path in it. */
const files = () =>
  readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
    (path) => !path.startsWith('node_modules') && statSync(join(home, path)).isFile(),
  );

describe('what is published', () => {
  it('unpacks to less than 1 MB', () => {
    const size = files().reduce((sum, path) => sum + statSync(join(home, path)).size, 0);
    // Else it is another package that is measured.
    expect(size).toBeGreaterThan(500_000);
    expect(size).toBeLessThan(1024 * 1024);
  });

  it('is what runs, its doors with their types, the schemas, and what to read', () => {
    const kinds = files().map((path) =>
      path.replaceAll('\\', '/').replace(/^dist\/(cli|types|schemas)\/.*/, 'dist/$1/'),
    );
    expect([...new Set(kinds)].sort().map((path) => path.replace(/doors-\w+/, 'doors'))).toEqual([
      ...['LICENSE', 'README.md', 'dist/bin.cjs', 'dist/cli/', 'dist/doors.js', 'dist/doors.js', 'dist/index.js'],
      ...['dist/main.js', 'dist/rule.js', 'dist/schemas/', 'dist/testing.js', 'dist/types/'],
      ...['docs/write-your-own-rule.md', 'package.json'],
    ]);
  });

  it('has the examples of its rules, and none in what a hook reads', () => {
    // Those that a minifier writes as they are.
    const names = Object.values(examplesOf)
      .flatMap((examples) => examples.map(({ name }) => `name:"${name}"`))
      .filter((name) => /^[\w :",-]+$/.test(name));
    expect(names.length).toBeGreaterThan(50);
    const text = (path: string) => readFileSync(join(dist, path), 'utf8');
    const apart = text('cli/policy-examples.gen.cjs');
    expect(names.filter((name) => !apart.includes(name))).toEqual([]);
    expect(names.filter((name) => text('main.js').includes(name))).toEqual([]);
  });

  it('has schemas that say what those of the repository say', () => {
    const names = readdirSync('schemas');
    expect(readdirSync(join(dist, 'schemas'))).toEqual(names);
    for (const name of names) {
      const { definitions = {}, ...packed } = JSON.parse(readFileSync(join(dist, 'schemas', name), 'utf8'));
      const shared = Object.entries(definitions).filter(([key]) => key.startsWith('shared-'));
      const own = Object.entries(definitions).filter(([key]) => !key.startsWith('shared-'));
      const whole = (value: unknown): unknown => {
        if (typeof value !== 'object' || value === null) return value;
        if (Array.isArray(value)) return value.map(whole);
        const found = shared.find(([key]) => '$ref' in value && value.$ref === `#/definitions/${key}`);
        return found
          ? whole(found[1])
          : Object.fromEntries(Object.entries(value).map(([key, part]) => [key, whole(part)]));
      };
      const told = whole(own.length === 0 ? packed : { ...packed, definitions: Object.fromEntries(own) });
      expect(told).toEqual(JSON.parse(readFileSync(join('schemas', name), 'utf8')));
    }
  });

  it('has every file that its doors name', () => {
    const { bin, exports } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
    const named = [...Object.values(bin), ...Object.values(exports).flatMap((door) => Object.values(Object(door)))];
    const paths = named.filter((path): path is string => typeof path === 'string' && path.length > 1);
    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !existsSync(join(home, path)))).toEqual([]);
    const { href } = new URL(`file://${join(folder, 'from.mjs')}`);
    const ask = `import { createRequire } from 'node:module';
      const found = createRequire(${JSON.stringify(href)}).resolve('layer-policy/schemas/config.schema.json');
      process.stdout.write(found);`;
    expect(start(folder, process.execPath, ['--input-type=module', '-e', ask]).out).toBe(
      join(dist, 'schemas/config.schema.json'),
    );
  });
});

describe("what V8 made of a commit's hook", () => {
  const kept = join(dist, `main.${process.version}-${process.arch}.compiled`);
  const beside = () => readdirSync(dist).filter((name) => name.includes('.compiled'));
  const r = exampleRepo().stage({ 'docs/a.md': 'a' });
  const hook = (...args: string[]) =>
    expect(start(r.dir, process.execPath, [join(dist, 'bin.cjs'), ...args])).toMatchObject({ code: 0 });
  const commit = () => hook('check', '--stage', 'pre-commit');

  it('is kept beside it by the first one, and by nothing else', () => {
    hook('--version');
    hook('check', '--stage', 'all');
    expect(beside()).toEqual([]);
    commit();
    expect(beside()).toEqual([kept.slice(dist.length + 1)]);
    const { mtimeMs, size } = statSync(kept);
    expect(size).toBeGreaterThan(100_000);
    commit();
    expect(statSync(kept).mtimeMs).toBe(mtimeMs);
  });

  it('is made again where it does not fit', () => {
    writeFileSync(kept, 'of another version');
    commit();
    expect(statSync(kept).size).toBeGreaterThan(100_000);
  });

  it('is done without where it cannot be kept', () => {
    rmSync(kept);
    mkdirSync(kept);
    commit();
    expect(beside()).toEqual([kept.slice(dist.length + 1)]);
    rmSync(kept, { recursive: true });
  });
});
