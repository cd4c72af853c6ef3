const first = 'version https://git-lfs.github.com/spec/';
/** Bytes; git-lfs reads nothing longer as a pointer. */
export const lfsPointerLimit = 1024;

/** Judged by the number of its bytes. */
export function mayBeLfsPointer(size: number): boolean {
  return size >= first.length && size <= lfsPointerLimit;
}

/** Is this the stand-in that Git LFS commits, and not the file it stands for? */
export function isLfsPointer(bytes: Uint8Array): boolean {
  return bytes.length <= lfsPointerLimit && new TextDecoder().decode(bytes.subarray(0, first.length)) === first;
}
