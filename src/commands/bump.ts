import { loadConfig } from '../config/load.js';
import { failure } from '../errors.js';
import { named } from '../layer/named.js';
import { pathspec } from '../layer/shell.js';
import { compareVersions, isVersion, type Level, raise, type Version } from '../layer/version.js';
import { describeProblem, parseVersionFile, setVersion, type VersionFile } from '../layer/version-file.js';
import { defineCommand } from './command.js';

const levels: readonly string[] = ['major', 'minor', 'patch'] satisfies Level[];

/** A key that is not there yet rises from here. */
const unborn: Version = '0.0.0';

export const bump = defineCommand({
  name: 'bump',
  summary: 'raise a version in VERSION',
  args: '<name> <major|minor|patch|X.Y.Z>',
  flags: {},
  examples: [
    ['layer-policy bump inbox-core patch', 'raise the last number of one layer'],
    ['layer-policy bump inbox-core 2.0.0', 'set a version, which must be higher'],
  ],
  async run(env, flags, args) {
    const [name, to, ...rest] = args;
    if (name === undefined || to === undefined || rest.length > 0)
      throw wrongUsage('Give a name and how far to raise it.');
    if (!levels.includes(to) && !isVersion(to)) throw wrongUsage(`'${to}' is neither major, minor, patch nor X.Y.Z.`);

    const index = env.git.index();
    const { declarations, notices } = await loadConfig(env, flags, index);
    const { layers, functions, versionFile: file } = declarations;
    const { versionKey: key } = named({ ...layers, ...functions }, name, 'layer or function');
    const staged = await index.entry(file);
    if (staged !== null && !staged.mode.startsWith('100'))
      throw broken(file, 'it is a link or a submodule, not a file');
    const path = `${await env.git.root()}/${file}`;
    const bytes = (await env.files.read(path)) ?? new Uint8Array();
    const before = parseVersionFile(bytes);
    refuseBroken(before, file);

    const written = before.values.get(key);
    const from = written !== undefined && isVersion(written) ? written : null;
    if (written !== undefined && from === null && !isVersion(to)) {
      throw failure('version-unreadable', { file, problem: `${key}=${written} is not X.Y.Z`, key, name });
    }
    const version = isVersion(to) ? to : raise(from ?? unborn, to as Level);
    if (!isVersion(version)) throw wrongUsage(`${from} cannot be raised further by ${to}.`);
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
