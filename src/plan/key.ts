import { failure } from '../errors.js';
import type { Env } from '../ports.js';
import { absolute } from './plan-file.js';

/** A key in a PEM file, private or public. */
export interface Key {
  pem: Uint8Array;
  /** As it was named. */
  file: string;
}

export async function readKey(env: Pick<Env, 'cwd' | 'files'>, file: string): Promise<Key> {
  const pem = await env.files.read(absolute(env, file));
  if (pem === null) throw failure('key-unreadable', { file, problem: 'there is no such file' });
  return { pem, file };
}
