/** An object as a list of its bucket tells it. */
export interface Listed {
  size: number;
  /** Equal ones are of equal content; different ones say nothing. */
  etag: string;
}

export interface Bucket {
  name: string;
  /** Whose it has to be. */
  account?: string;
}

/** Objects that are no artefacts and go along with a promotion, in any bucket that the environment's account may reach. */
export interface Prefixes {
  /** By key. */
  list(bucket: Bucket, prefix: string): Promise<Map<string, Listed>>;
  /** Asked where a list cannot tell: two objects of one size, known by what S3 keeps of their contents, or by their age. */
  agree(from: Bucket, to: Bucket, key: string): Promise<boolean>;
  /** Within S3. Fails with `aws-conflict` when the origin is not what was listed any more. */
  copy(from: Bucket, to: Bucket, key: string, listed: Listed): Promise<void>;
  remove(bucket: Bucket, keys: readonly string[]): Promise<void>;
}
