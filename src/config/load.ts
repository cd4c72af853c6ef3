import { exitCodes, failure, isFailure } from '../errors.js';
import { blobUpTo } from '../layer/blob.js';
import type { Declarations } from '../layer/declarations.js';
import { policyFiles } from '../layer/policy-files.js';
import { baseTip } from '../policy/base.js';
import type { Env, Oid, Tree } from '../ports.js';
import { parseConfig } from './parse.js';
import { type ResolvedConfig, resolveConfig } from './resolve.js';

export interface LoadedConfig extends ResolvedConfig {
  /** The file's path as users know it. */
  file: string;
  /** The tree it was read from; null: the disk. */
  tree: Tree | null;
  notices: string[];
  /** The policy that another tree has of its own; this one where it has none, or none that can be understood. */
  at(tree: Tree): Promise<Declarations>;
}

const limit = 1024 * 1024;

/**
 * The policy that holds for a tree: its own; where it has none the base branch's, then the work tree's, with a notice.
 * `--config FILE` overrides all and is read from disk.
 */
export async function loadConfig(env: Env, flags: { config?: string }, tree: Tree): Promise<LoadedConfig> {
  if (flags.config !== undefined) {
    const bytes = await fromDisk(env, absolute(env, flags.config), flags.config);
    if (bytes === null) throw failure('config-unreadable', { file: flags.config, problem: 'there is no such file' });
    const config = await understand(env, flags.config, bytes);
    return { ...config, file: flags.config, tree: null, notices: [], at: async () => config.declarations };
  }
  const own = await configIn(env, tree);
  if (own !== null) return own;

  const base = await baseTip(env.git, null);
  const inherited = base && (await policyIn(env, env.git.tree(base.commit)));
  if (inherited) return loaded(env, inherited, [`The judged tree has no policy; that of ${base.name} holds.`]);

  const found = await fromWorkTree(env);
  if (found !== null) {
    const config = await understand(env, found.file, found.bytes);
    return loaded(env, { ...config, file: found.file, tree: null }, [
      'The judged tree has no policy; the uncommitted one on disk holds.',
    ]);
  }
  throw failure('config-missing', { places: 'the judged tree, the base branch nor the work tree' });
}

/** The policy that a tree has of its own; null: none. `name` is how messages call the tree, where it is another one's. */
export async function configIn(env: Env, tree: Tree, name = ''): Promise<LoadedConfig | null> {
  const own = await policyIn(env, tree, name);
  return own && loaded(env, own, []);
}

type Found = Omit<LoadedConfig, 'notices' | 'at'>;

function loaded(env: Env, found: Found, notices: string[]): LoadedConfig {
  const known = new WeakMap<Tree, Promise<Declarations>>();
  const look = async (tree: Tree) => {
    const own = await policyIn(env, tree).catch((error) => {
      // The commit that mends a broken policy is judged against the one it mends.
      if (isFailure(error) && error.exit === exitCodes.usage) return null;
      throw error;
    });
    return (own ?? found).declarations;
  };
  const at = (tree: Tree) => {
    const policy = known.get(tree) ?? look(tree);
    known.set(tree, policy);
    return policy;
  };
  return { ...found, notices, at };
}

/** Trees share their policy mostly, and a blob never changes: each is understood once, whoever asks. */
const understood = new Map<string, Promise<ResolvedConfig>>();

/** Null where the tree has no policy; a failure where it has one that does not hold. */
export async function policyIn(env: Env, tree: Tree, name = ''): Promise<Found | null> {
  const entries = await Promise.all(policyFiles.map((file) => tree.entry(file)));
  const present = entries.filter((entry) => entry !== null);
  const [only] = onlyOne(present, ({ path }) => path);
  if (only === undefined) return null;
  const shown = name === '' ? only.path : `${name}:${only.path}`;
  if (!only.mode.startsWith('100')) {
    throw failure('config-unreadable', { file: shown, problem: 'it is a link or a submodule, not a file' });
  }
  const key = `${shown} ${only.oid}`;
  const config = understood.get(key) ?? fromBlob(env, shown, only.oid);
  understood.set(key, config);
  return { ...(await config), file: only.path, tree };
}

async function fromBlob(env: Env, file: string, oid: Oid): Promise<ResolvedConfig> {
  const bytes = await blobUpTo(env.git, oid, limit);
  if (bytes === null) throw failure('config-unreadable', { file, problem: 'it is larger than 1 MiB' });
  return understand(env, file, bytes);
}

async function fromWorkTree(env: Env): Promise<{ file: string; bytes: Uint8Array } | null> {
  const root = await env.git.root().catch((error) => {
    if (isFailure(error) && error.code === 'no-work-tree') return null;
    throw error;
  });
  if (root === null) return null;
  const read = await Promise.all(
    policyFiles.map(async (file) => ({ file, bytes: await fromDisk(env, `${root}/${file}`, file) })),
  );
  const [only] = onlyOne(
    read.filter(({ bytes }) => bytes !== null),
    ({ file }) => file,
  );
  return only?.bytes ? { file: only.file, bytes: only.bytes } : null;
}

/** Null where there is nothing; a pipe or a folder in the policy's place is no policy. */
async function fromDisk({ files }: Env, path: string, file: string): Promise<Uint8Array | null> {
  const found = await files.look((await files.real(path)) ?? path);
  if (found !== null && found.kind !== 'file') {
    throw failure('config-unreadable', { file, problem: 'this is not a regular file' });
  }
  return files.read(path);
}

function onlyOne<One>(found: One[], name: (one: One) => string): One[] {
  const last = found.at(-1);
  if (found.length > 1 && last !== undefined) {
    throw failure('config-twice', { files: found.map(name).join(' and '), last: name(last) });
  }
  return found;
}

async function understand(env: Env, file: string, bytes: Uint8Array): Promise<ResolvedConfig> {
  if (bytes.length > limit) throw failure('config-unreadable', { file, problem: 'it is larger than 1 MiB' });
  return resolveConfig(env, file, await parseConfig(file, bytes));
}

function absolute(env: Env, path: string): string {
  return path.startsWith('/') || /^[A-Za-z]:/.test(path) ? path : `${env.cwd}/${path}`;
}
