import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pae, signing } from '../../src/io/signing.js';

const type = 'application/vnd.in-toto+json';
const payload = Buffer.from('{"a":1}\n');
const pem = (key: KeyObject) => ({
  pem: Buffer.from(key.export({ format: 'pem', type: key.type === 'private' ? 'pkcs8' : 'spki' })),
  file: 'key.pem',
});
const ec = (namedCurve: string) => generateKeyPairSync('ec', { namedCurve });
const keys = {
  ed25519: generateKeyPairSync('ed25519'),
  'P-256': ec('P-256'),
  'P-384': ec('P-384'),
  'P-521': ec('P-521'),
};

it('signs what the specification says', () => {
  expect(pae('http://example.com/HelloWorld', Buffer.from('hello world')).toString()).toBe(
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  );
  expect(pae('é', Buffer.from('ü')).toString()).toBe('DSSEv1 2 é 2 ü');
});

describe.each(Object.entries(keys))('%s', (_, { privateKey, publicKey }) => {
  it('vouches for a payload, to who has the public key', async () => {
    const envelope = await signing.sign(type, payload, pem(privateKey));
    expect(Buffer.from(envelope.payload, 'base64')).toEqual(payload);
    expect(await signing.verify(envelope, pem(publicKey))).toBe(true);
    expect(JSON.stringify(envelope)).not.toContain('PRIVATE');
  });

  it('and for no other payload, type or key', async () => {
    const envelope = await signing.sign(type, payload, pem(privateKey));
    const other = generateKeyPairSync('ed25519').publicKey;
    expect(
      await signing.verify({ ...envelope, payload: Buffer.from('{"a":2}\n').toString('base64') }, pem(publicKey)),
    ).toBe(false);
    expect(await signing.verify({ ...envelope, payloadType: 'text/plain' }, pem(publicKey))).toBe(false);
    expect(await signing.verify(envelope, pem(other))).toBe(false);
    expect(await signing.verify({ ...envelope, signatures: [] }, pem(publicKey))).toBe(false);
  });
});

it("takes an ECDSA signature as others' tools write it", async () => {
  const { privateKey } = keys['P-256'];
  const sig = sign('sha256', pae(type, payload), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64');
  const envelope = { payloadType: type, payload: payload.toString('base64'), signatures: [{ keyid: '', sig }] };
  expect(await signing.verify(envelope, pem(createPublicKey(privateKey)))).toBe(true);
});

it.each([
  ['no key', Buffer.from('x'), 'it is no key in PEM'],
  [
    'a key of another kind',
    pem(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey).pem,
    'it is of type rsa',
  ],
])('%s is refused by its name, not by its content', async (_, bytes, problem) => {
  const signed = signing.sign(type, payload, { pem: bytes, file: 'my.pem' });
  await expect(signed).rejects.toMatchObject({
    code: 'key-unreadable',
    exit: 2,
    message: expect.stringContaining(problem),
  });
});
