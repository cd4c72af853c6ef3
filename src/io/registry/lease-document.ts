import type { Holder } from '../../ports.js';

/** What `locks/{environment}.json` says. */
export interface LeaseDocument {
  /** Rises with every owner. */
  token: number;
  /** Of the run that wrote it. */
  nonce: string;
  /** Rises with every sign of life, so that no two of them are the same bytes. */
  count: number;
  seconds: number;
  released: boolean;
  command: string;
  /** ISO 8601, UTC. */
  since: string;
  holder: Holder;
  /** The clone it runs in. */
  clone: string;
}

export function leaseText(document: LeaseDocument): string {
  return `${JSON.stringify({ schema: 1, ...document })}\n`;
}

/** Null for what is no lock of ours. */
export function readLease(text: string): LeaseDocument | null {
  try {
    const found = JSON.parse(text) as LeaseDocument;
    const isOne =
      Number.isSafeInteger(found.token) &&
      typeof found.nonce === 'string' &&
      typeof found.clone === 'string' &&
      typeof found.released === 'boolean' &&
      found.seconds > 0 &&
      found.seconds <= 3600 &&
      typeof found.holder?.host === 'string' &&
      typeof found.holder.pid === 'number';
    return isOne ? found : null;
  } catch {
    return null;
  }
}

/** Who holds it, for people. */
export function says(document: LeaseDocument | null, key: string): string {
  if (document === null) return `${key} of the bucket, written by something else`;
  const { holder, command, since, seconds } = document;
  return `process ${holder.pid} on ${holder.host}, since ${since} (${command}); its lease ends ${seconds} s after its last sign of life`;
}
