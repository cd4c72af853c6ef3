import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { failure } from '../errors.js';
import type { Signing } from '../ports.js';

/** Signatures by a key in a PEM file, over what DSSE v1 lays down. */
export const signing: Signing = {
  async sign(payloadType, payload, { pem, file }) {
    const key = readKey(file, () => createPrivateKey({ key: Buffer.from(pem), format: 'pem' }));
    const sig = sign(hashFor(key), pae(payloadType, payload), key);
    const signature = { keyid: keyId(createPublicKey(key)), sig: sig.toString('base64') };
    return { payloadType, payload: Buffer.from(payload).toString('base64'), signatures: [signature] };
  },
  async verify({ payloadType, payload, signatures }, { pem, file }) {
    const key = readKey(file, () => createPublicKey({ key: Buffer.from(pem), format: 'pem' }));
    const signed = pae(payloadType, Buffer.from(payload, 'base64'));
    return signatures.some(({ sig }) => {
      const bytes = Buffer.from(sig, 'base64');
      // ECDSA signatures are written in two ways; others' tools use either.
      return (['der', 'ieee-p1363'] as const).some((dsaEncoding) =>
        verify(hashFor(key), signed, { key, dsaEncoding }, bytes),
      );
    });
  },
};

/** What is signed (PAE): with the lengths in front, no two pairs of type and payload give the same bytes. */
export function pae(payloadType: string, payload: Uint8Array): Buffer {
  const type = Buffer.from(payloadType);
  const head = `DSSEv1 ${type.length} ${payloadType} ${payload.length} `;
  return Buffer.concat([Buffer.from(head), payload]);
}

function readKey(file: string, read: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    // What OpenSSL says of it could hold a part of it.
    throw failure('key-unreadable', { file, problem: 'it is no key in PEM, or one with a passphrase' });
  }
  const type = key.asymmetricKeyType;
  if (type !== 'ed25519' && type !== 'ec') throw failure('key-unreadable', { file, problem: `it is of type ${type}` });
  return key;
}

const hashes: Record<string, string> = { secp384r1: 'sha384', secp521r1: 'sha512' };

/** Ed25519 hashes by itself. */
function hashFor(key: KeyObject): string | null {
  if (key.asymmetricKeyType === 'ed25519') return null;
  return hashes[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? 'sha256';
}

function keyId(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex');
}
