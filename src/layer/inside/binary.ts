import { type Elf, readElf, readElfHead } from './elf.js';

/** Compiled code, known by how it begins. */
export type Binary = Elf | { format: 'pe' } | { format: 'mach-o' };

/** `head`: from the first byte on; all of the file where `isWhole`. Null: no compiled code. */
export function readBinary(head: Uint8Array, isWhole: boolean): Binary | null {
  if (head.length < 20) return null;
  switch (head[0]) {
    case 0x7f:
      return isWhole ? readElf(head) : readElfHead(head);
    case 0x4d:
      return isPe(head) ? { format: 'pe' } : null;
    case 0xca:
    case 0xce:
    case 0xcf:
      return isMachO(head) ? { format: 'mach-o' } : null;
    default:
      return null;
  }
}

/** `MZ`, and `PE` where it points to: a text may begin with MZ too. */
function isPe(head: Uint8Array): boolean {
  if (head[1] !== 0x5a || head.length < 64) return false;
  const at = new DataView(head.buffer, head.byteOffset, head.length).getUint32(60, true);
  return head[at] === 0x50 && head[at + 1] === 0x45 && head[at + 2] === 0 && head[at + 3] === 0;
}

function isMachO(head: Uint8Array): boolean {
  const magic = new DataView(head.buffer, head.byteOffset, head.length).getUint32(0);
  // A Java class begins as a universal binary does, and goes on with a version where that has a small number of parts.
  return magic === 0xcffaedfe || magic === 0xcefaedfe || (magic === 0xcafebabe && (head[7] ?? 255) < 20);
}
