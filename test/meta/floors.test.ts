import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { expect, it } from 'vitest';

/** Upper floors import lower ones. What is not named here is on the floor of the folder it lies in. */
const floors: readonly (readonly string[])[] = [
  ['src/bin.ts'],
  ['src/main.ts'],
  ['src/help.ts', 'src/args.ts', 'src/commands', 'src/env.ts', 'src/index.ts'],
  ['src/check', 'src/writing'],
  ['src/report'],
  ['src/fix', 'src/overview', 'src/verify'],
  ['src/compare', 'src/doctor', 'src/plan', 'src/setup', 'src/validate'],
  ['src/config', 'src/io'],
  ['src/policy', 'src/hooks'],
  ['rules'],
  ['src/rule'],
  ['src/layer'],
  ['src/schemas.gen.js', 'src/schemas.gen.d.ts', 'schemas', 'presets'],
  ['src/ports.ts', 'src/ports', 'src/errors.ts', 'src/failures.ts', 'src/failures'],
];

const sources = ['src', 'rules'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .map((file) => posix.join(folder, file.replaceAll('\\', '/'))),
);

/** Static imports and exports, and `import('…')`. */
const statement = /^(import|export)( type)?\b[^'";]*?from '([^']+)'|\bimport\('([^']+)'\)/gm;

const imports = sources.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(statement)].map(([, , type, from, demanded]) => {
    const name = from ?? demanded ?? '';
    return { file, name, typesOnly: type !== undefined, target: resolve(file, name) };
  }),
);

function resolve(file: string, name: string): string {
  if (name === 'layer-policy/rule') return 'src/rule/index.ts';
  if (!name.startsWith('.')) return name;
  return relative('.', join(dirname(file), name))
    .replaceAll('\\', '/')
    .replace(/(?<!\.gen)\.js$/, '.ts');
}

function floorOf(path: string): number {
  return floors.findIndex((members) => members.some((member) => path === member || path.startsWith(`${member}/`)));
}

it('every source file has a floor', () => {
  expect(sources.filter((file) => floorOf(file) === -1)).toEqual([]);
});

it('imports go down, or stay on their floor', () => {
  const up = imports.filter(
    ({ name, file, target }) =>
      (name.startsWith('.') || name.startsWith('layer-policy')) && floorOf(target) < floorOf(file),
  );
  expect(up.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
});

it('only env.ts imports io/, and only at its first use beyond the hot path', () => {
  const users = imports.filter(({ file, target }) => target.startsWith('src/io/') && !file.startsWith('src/io/'));
  expect([...new Set(users.map(({ file }) => file))]).toEqual(['src/env.ts']);
});

it('pure floors import nothing of the machine', () => {
  const pure = ['src/layer', 'src/policy', 'src/report', 'src/rule', 'src/plan/planners', 'rules'];
  const impure = imports.filter(
    ({ file, name }) => name.startsWith('node:') && pure.some((folder) => file.startsWith(`${folder}/`)),
  );
  expect(impure.map(({ file, name }) => `${file} → ${name}`)).toEqual([]);
});

it('rules import the public door alone, and examples beside it what their rule is', () => {
  const isOwn = (file: string, rule: string) => file === rule.replace(/\.ts$/, '.examples.ts');
  const others = imports.filter(
    ({ file, name, target, typesOnly }) =>
      file.startsWith('rules/') && name !== 'layer-policy/rule' && !(typesOnly && isOwn(file, target)),
  );
  expect(others.map(({ file, name }) => `${file} → ${name}`)).toEqual([]);
});

it('no command imports another', () => {
  const shared = ['src/commands/command.ts', 'src/commands/global-flags.ts', 'src/commands/index.ts'];
  const others = imports.filter(
    ({ file, target }) =>
      file.startsWith('src/commands/') &&
      !shared.includes(file) &&
      target.startsWith('src/commands/') &&
      !shared.includes(target),
  );
  expect(others.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
});

it('only bin.ts names process', () => {
  const named =
    /\bprocess\.(env|argv|exit|exitCode|cwd|std\w+|platform|version|pid|on|once|kill|umask|getBuiltinModule)\b|\(process\b/;
  expect(sources.filter((file) => named.test(readFileSync(file, 'utf8')))).toEqual(['src/bin.ts']);
});

it('there is no circle', () => {
  const next = new Map<string, string[]>();
  for (const { file, target, typesOnly } of imports)
    if (!typesOnly) next.set(file, [...(next.get(file) ?? []), target]);
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, path: string[]): void => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file) || path.includes(file)) return;
    for (const target of next.get(file) ?? []) visit(target, [...path, file]);
    done.add(file);
  };
  for (const file of sources) visit(file, []);
  expect(circles).toEqual([]);
});
