import { failure, isFailure } from '../errors.js';
import { blobUpTo } from '../layer/blob.js';
import type { Declarations } from '../layer/declarations.js';
import { baseTip } from '../policy/base.js';
import type { Env, Tree } from '../ports.js';
import { configFiles } from './files.js';
import { parseConfig } from './parse.js';
import { resolveConfig } from './resolve.js';

export interface LoadedConfig {
  declarations: Declarations;
  /** The file's path as users know it. */
  file: string;
  notices: string[];
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
    return understand(env, flags.config, bytes, []);
  }
  const own = await fromTree(env, tree);
  if (own !== null) return understand(env, own.file, own.bytes, []);

  const base = await baseTip(env.git, null);
  const inherited = base && (await fromTree(env, env.git.tree(base.commit)));
  if (inherited) {
    return understand(env, inherited.file, inherited.bytes, [
      `The judged tree has no policy; that of ${base.name} holds.`,
    ]);
  }
  const found = await fromWorkTree(env);
  if (found !== null) {
    return understand(env, found.file, found.bytes, [
      'The judged tree has no policy; the uncommitted one on disk holds.',
    ]);
  }
  throw failure('config-missing', { places: 'the judged tree, the base branch nor the work tree' });
}

async function fromTree(env: Env, tree: Tree): Promise<{ file: string; bytes: Uint8Array } | null> {
  const entries = await Promise.all(configFiles.map((file) => tree.entry(file)));
  const present = entries.filter((entry) => entry !== null);
  const [only] = onlyOne(present, ({ path }) => path);
  if (only === undefined) return null;
  if (!only.mode.startsWith('100')) {
    throw failure('config-unreadable', { file: only.path, problem: 'it is a link or a submodule, not a file' });
  }
  const bytes = await blobUpTo(env.git, only.oid, limit);
  if (bytes === null) throw failure('config-unreadable', { file: only.path, problem: 'it is larger than 1 MiB' });
  return { file: only.path, bytes };
}

async function fromWorkTree(env: Env): Promise<{ file: string; bytes: Uint8Array } | null> {
  const root = await env.git.root().catch((error) => {
    if (isFailure(error) && error.code === 'no-work-tree') return null;
    throw error;
  });
  if (root === null) return null;
  const read = await Promise.all(
    configFiles.map(async (file) => ({ file, bytes: await fromDisk(env, `${root}/${file}`, file) })),
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

function onlyOne<Found>(found: Found[], name: (one: Found) => string): Found[] {
  const last = found.at(-1);
  if (found.length > 1 && last !== undefined) {
    throw failure('config-twice', { files: found.map(name).join(' and '), last: name(last) });
  }
  return found;
}

async function understand(env: Env, file: string, bytes: Uint8Array, notices: string[]): Promise<LoadedConfig> {
  if (bytes.length > limit) throw failure('config-unreadable', { file, problem: 'it is larger than 1 MiB' });
  const declarations = await resolveConfig(file, await parseConfig(file, bytes), env.version);
  return { declarations, file, notices };
}

function absolute(env: Env, path: string): string {
  return path.startsWith('/') || /^[A-Za-z]:/.test(path) ? path : `${env.cwd}/${path}`;
}
