/** A DSSE envelope v1: a payload and who vouches for it. */
export interface Envelope {
  payloadType: string;
  /** base64. */
  payload: string;
  signatures: { keyid: string; sig: string }[];
}

export interface Signing {
  /** `pem`: a private key, Ed25519 or ECDSA. Fails with `key-unreadable`, which names `file`. */
  sign(payloadType: string, payload: Uint8Array, key: { pem: Uint8Array; file: string }): Promise<Envelope>;
  /** Whether one of the signatures is by this key, public or private, and covers type and payload. */
  verify(envelope: Envelope, key: { pem: Uint8Array; file: string }): Promise<boolean>;
}
