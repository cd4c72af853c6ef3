import type { Envelope } from '../ports.js';
import { parseJsonBytes } from './json.js';
import { payloadType } from './provenance.js';

const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** A DSSE envelope of a statement, whoever signed it; null: it is none. */
export function readEnvelope(bytes: Uint8Array): Envelope | null {
  const { value, problems } = parseJsonBytes(bytes);
  const said = value as Partial<Envelope> | null | undefined;
  if (problems.length > 0 || said?.payloadType !== payloadType || typeof said.payload !== 'string') return null;
  if (!base64.test(said.payload) || !Array.isArray(said.signatures) || said.signatures.length > 100) return null;
  const isWhole = said.signatures.every((one) => typeof one?.sig === 'string');
  return isWhole ? (said as Envelope) : null;
}

export function payloadOf({ payload }: Envelope): Uint8Array {
  return Uint8Array.from(atob(payload), (character) => character.charCodeAt(0));
}
