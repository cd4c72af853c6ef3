/** Content hashing, so that pure code need not import it. Hex, lower case. */
export type Sha256 = (bytes: Uint8Array | string) => string;
