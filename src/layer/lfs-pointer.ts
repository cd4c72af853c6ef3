const first = 'version https://git-lfs.github.com/spec/';
const largest = 1024;

/** Is this the stand-in that Git LFS commits, and not the file it stands for? */
export function isLfsPointer(bytes: Uint8Array): boolean {
  return bytes.length <= largest && new TextDecoder().decode(bytes.subarray(0, first.length)) === first;
}
