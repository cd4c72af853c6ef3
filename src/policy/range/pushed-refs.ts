import { failure } from '../../errors.js';
import type { Oid } from '../../ports.js';

export interface PushedRef {
  localRef: string;
  /** null: the ref is deleted. */
  local: Oid | null;
  remoteRef: string;
  /** null: the remote does not have it yet. */
  remote: Oid | null;
}

/**
 * `<local ref> <local oid> <remote ref> <remote oid>` a line. The local ref may hold blanks (`main@{1 day ago}`), so
 * fields are counted from the right. A name may hold any other blank of Unicode, so only the ASCII one parts fields.
 */
export function parsePushedRefs(stdin: string): PushedRef[] {
  const lines = stdin.split('\n').map((line) => line.replace(/\r$/, ''));
  return lines.filter((line) => line !== '').map(parsePushedRef);
}

function parsePushedRef(line: string): PushedRef {
  const fields = /^(.*) ([0-9a-f]{40,64}) ([^ ]+) ([0-9a-f]{40,64})$/s.exec(line);
  if (fields === null) {
    throw failure('usage', { problem: `A line of the pushed refs cannot be read: ${line}`, command: 'check' });
  }
  const [, localRef, local, remoteRef, remote] = fields as unknown as readonly [string, string, string, string, string];
  return { localRef, local: named(local), remoteRef, remote: named(remote) };
}

/** Zeros stand for nothing. */
function named(oid: string): Oid | null {
  return /^0+$/.test(oid) ? null : oid;
}
