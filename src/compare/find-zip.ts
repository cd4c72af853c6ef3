import { resolve } from 'node:path';
import { failure } from '../errors.js';
import { artefactFile, baseName, layerKey, managementFolder } from '../layer/names.js';
import type { Env } from '../ports.js';
import type { Zip } from './read-side.js';

/** 50 MB is the largest zip there can be. */
const blobLimit = 64 * 1024 * 1024;

type Ports = Pick<Env, 'cwd' | 'files' | 'git' | 'registry'>;

/**
 * A path; or `name@1.2.3`, where git's archive at HEAD, the registry of `local` or `.build/` has it: the first of them.
 * Where it was found is part of its name. Fails with `artefact-nowhere`.
 */
export async function findZip(env: Ports, arg: string): Promise<Zip> {
  const path = resolve(env.cwd, arg);
  const [, name, version] = /^([A-Za-z0-9][\w.-]*)@(\d+\.\d+\.\d+)$/.exec(arg) ?? [];
  if (name === undefined || version === undefined || (await env.files.exists(path))) return { source: path, file: arg };
  const found =
    (await archived(env, artefactFile(name, version))) ??
    (await published(env, name, version)) ??
    (await built(env, artefactFile(name, version)));
  if (found === null) throw failure('artefact-nowhere', { name, version });
  return found;
}

async function archived({ git }: Ports, file: string): Promise<Zip | null> {
  const head = await git.commit('HEAD');
  if (head === null) return null;
  const entries = await git.tree(head).list(`${managementFolder}/archive`);
  const entry = entries.find(({ path, mode }) => baseName(path) === file && mode.startsWith('100'));
  return entry === undefined ? null : { source: await git.blob(entry.oid, blobLimit), file: entry.path };
}

async function published(env: Ports, name: string, version: string): Promise<Zip | null> {
  const registry = await env.registry({ name: 'local', target: 'local' });
  const key = layerKey(name, version);
  if ((await registry.head(key)) === null) return null;
  return { source: await registry.get(key), file: `local:${key}` };
}

async function built({ git, files }: Ports, file: string): Promise<Zip | null> {
  const path = `.build/layers/${file}`;
  const source = `${await git.root()}/${path}`;
  return (await files.exists(source)) ? { source, file: path } : null;
}
