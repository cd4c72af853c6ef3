import { loadConfig } from '../config/load.js';
import { failure } from '../errors.js';
import type { Declarations } from '../layer/declarations.js';
import { named } from '../layer/named.js';
import { pathspec } from '../layer/shell.js';
import { compareVersions, isCount, isVersion, type Level, raise, type Version } from '../layer/version.js';
import { describeProblem, parseVersionFile, setVersion, type VersionFile } from '../layer/version-file.js';
import { defineCommand } from './command.js';

const levels: readonly string[] = ['major', 'minor', 'patch'] satisfies Level[];

/** Something whose version can be raised: what its values look like, and from where a key that is not there yet rises. */
interface Raisable {
  key: string;
  form: string;
  fits(value: string): boolean;
  unborn: Version;
}

export const bump = defineCommand({
  name: 'bump',
  summary: 'raise a version in VERSION',
  args: '<name> <major|minor|patch|X.Y.Z>',
  flags: {},
  examples: [
    ['layer-policy bump inbox-core patch', 'raise the last number of one layer'],
    ['layer-policy bump inbox-core 2.0.0', 'set a version, which must be higher'],
    ['layer-policy bump CANONICAL_VERSION minor', 'raise a key of "versioned": 1.1 becomes 1.2'],
  ],
  async run(env, flags, args) {
    const [name, to, ...rest] = args;
    if (name === undefined || to === undefined || rest.length > 0)
      throw wrongUsage('Give a name and how far to raise it.');

    const index = env.git.index();
    const { declarations, notices } = await loadConfig(env, flags, index);
    const { versionFile: file } = declarations;
    const { key, form, fits, unborn } = named(raisable(declarations), name, 'layer, function or versioned key');
    if (!levels.includes(to) && !fits(to)) throw wrongUsage(`'${to}' is neither major, minor, patch nor ${form}.`);
    const staged = await index.entry(file);
    if (staged !== null && !staged.mode.startsWith('100'))
      throw broken(file, 'it is a link or a submodule, not a file');
    const path = `${await env.git.root()}/${file}`;
    const bytes = (await env.files.read(path)) ?? new Uint8Array();
    const before = parseVersionFile(bytes);
    refuseBroken(before, file);

    const written = before.values.get(key);
    const from = written !== undefined && fits(written) ? written : null;
    if (written !== undefined && from === null && !fits(to)) {
      throw failure('version-unreadable', { file, problem: `${key}=${written} is not ${form}`, key, name });
    }
    const version = fits(to) ? to : raise(from ?? unborn, to as Level);
    if (!fits(version)) throw wrongUsage(`${from} cannot be raised further by ${to}.`);
    if (from !== null && compareVersions(version, from) <= 0) {
      throw failure('version-backwards', { name, from, to: version });
    }
    const text = setVersion(new TextDecoder().decode(bytes), key, version);
    await env.files.write(path, new TextEncoder().encode(text));
    const next = `git add -- ${pathspec(file)} && git commit -m "${name} ${version}"`;
    return {
      exit: 0,
      document: { schema: 1, ok: true, name, file, key, from: written ?? null, to: version, next },
      text: (style) =>
        [
          ...notices.map((notice) => style.dim(notice)),
          `${name} ${written ?? '(new)'} → ${style.bold(version)}`,
          `${style.dim('next:')} ${next}`,
          '',
        ].join('\n'),
    };
  },
});

/** A key of `versioned` counts as it likes, `1.1` too; the name of a layer or function comes before it. */
function raisable({ layers, functions, versioned }: Declarations): Record<string, Raisable> {
  const found: Record<string, Raisable> = {};
  for (const key of Object.keys(versioned)) {
    found[key] = { key, form: 'one to three numbers such as 1.1', fits: isCount, unborn: '0.0' };
  }
  for (const { name, versionKey: key } of Object.values({ ...layers, ...functions })) {
    found[name] = { key, form: 'X.Y.Z', fits: isVersion, unborn: '0.0.0' };
  }
  return found;
}

/** What cannot be edited without guessing is left to a person; a missing final newline is no guess. */
function refuseBroken(file: VersionFile, name: string): void {
  const problem = file.problems.find((one) => one.problem !== 'no-final-newline');
  if (problem) throw broken(name, describeProblem(problem));
}

function broken(file: string, problem: string) {
  return failure('version-file-broken', { file, problem });
}

function wrongUsage(problem: string) {
  return failure('usage', { problem, command: 'bump' });
}
