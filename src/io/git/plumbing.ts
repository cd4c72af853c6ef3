import { simpleGit } from 'simple-git';
import { failure } from '../../errors.js';
import { gitVars, type Vars } from './process.js';

/** git with arguments of ours; `more` are variables for this one call. Throws git's own words. */
export interface Plumbing {
  text(args: string[], more?: Record<string, string>): Promise<string>;
  /** With standard input. */
  feed(input: string | Buffer, args: string[], more?: Record<string, string>): Promise<string>;
  blob(oid: string): Promise<Buffer>;
  /**
   * Variables that take the repository's filter drivers out of a call. Writing the index compares files that changed in
   * the same moment with their blobs, and would start the drivers for that; without them git looks again later.
   */
  withoutFilters(): Promise<Record<string, string>>;
}

/** What a signer needs beside git's own variables. */
const signing = ['GNUPGHOME', 'GPG_TTY', 'SSH_AUTH_SOCK', 'XDG_RUNTIME_DIR'];

/**
 * simple-git takes every GIT_ variable away unless told which to keep, and refuses some settings unless told that they
 * are meant: what is allowed here are our own guards, and variables by which people point git at their own config.
 */
export function plumbing(root: string, vars: Vars): Plumbing {
  const base: Record<string, string> = { ...gitVars(vars), GIT_LITERAL_PATHSPECS: '1' };
  for (const name of signing) if (vars[name] !== undefined) base[name] = vars[name];

  function git(more: Record<string, string>, input?: string | Buffer) {
    const env = { ...base, ...more };
    return simpleGit({
      baseDir: root,
      // No hook runs (reference-transaction would), what a commit needs is on the disk before its branch moves, and no
      // question writes: `git diff` would freshen the index, whatever GIT_OPTIONAL_LOCKS says.
      config: [
        ...['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'core.fsync=all', 'user.useConfigOnly=true'],
        'diff.autoRefreshIndex=false',
      ],
      allowEnvironment: Object.keys(env),
      unsafe: {
        allowUnsafeHooksPath: true,
        allowUnsafeFsMonitor: true,
        allowUnsafeConfigPaths: true,
        allowUnsafeConfigEnvCount: true,
        allowUnsafeFilter: true,
      },
      input: () => input,
      // Left to itself it takes a silent exit code 1 for success.
      errors: (error, { exitCode, stdErr }) => (exitCode === 0 ? undefined : (error ?? Buffer.concat(stdErr))),
    }).env(env);
  }

  async function named<Value>(args: string[], run: () => PromiseLike<Value>): Promise<Value> {
    try {
      return await run();
    } catch (error) {
      const problem = (error instanceof Error ? error.message : String(error)).trim();
      const fix = /index\.lock/.test(problem)
        ? 'Another git is at work here; when it has ended, run: layer-policy resume'
        : `Run it by hand: git ${args[0]}`;
      throw failure('git-failed', { verb: args[0] ?? '', problem: problem || 'it gave no reason', fix }, error);
    }
  }

  const text: Plumbing['text'] = (args, more = {}) =>
    named(args, async () => (await git(more).raw(args)).replace(/\n$/, ''));

  return {
    text,
    feed: (input, args, more = {}) => named(args, async () => (await git(more, input).raw(args)).replace(/\n$/, '')),
    blob: (oid) => named(['cat-file'], () => git({}).binaryCatFile(['blob', oid])),
    async withoutFilters() {
      const set = (await text(['config', '--null', '--name-only', '--list'])).split('\0');
      const drivers = new Set(set.flatMap((name) => /^filter\.(.*)\.\w+$/s.exec(name)?.[1] ?? []));
      const off = [...drivers].flatMap((name) => [
        [`filter.${name}.clean`, ''],
        [`filter.${name}.smudge`, ''],
        [`filter.${name}.process`, ''],
        [`filter.${name}.required`, 'false'],
      ]);
      const given = Number(base.GIT_CONFIG_COUNT ?? 0);
      const more: Record<string, string> = { GIT_CONFIG_COUNT: String(given + off.length) };
      for (const [at, [key = '', value = '']] of off.entries()) {
        more[`GIT_CONFIG_KEY_${given + at}`] = key;
        more[`GIT_CONFIG_VALUE_${given + at}`] = value;
      }
      return off.length === 0 ? {} : more;
    },
  };
}
