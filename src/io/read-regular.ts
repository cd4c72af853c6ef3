import { constants, open } from 'node:fs/promises';

/**
 * The content of a regular file, as long as it was when it was opened; `problem`, for a sentence, where it is none. A pipe
 * would be waited for, a device has no end, and a file that somebody goes on writing to may have none.
 */
export async function readRegular(path: string, most: number): Promise<{ bytes: Buffer } | { problem: string }> {
  // O_NONBLOCK: a FIFO in place of a file must not hang us before we can see what it is.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await file.stat();
    if (!found.isFile()) return { problem: 'this is not a regular file' };
    if (found.size > most) return { problem: `this is larger than ${most} bytes` };
    const bytes = Buffer.allocUnsafeSlow(found.size);
    for (let read = 0; read < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, read, bytes.length - read, read);
      if (bytesRead === 0) return { problem: 'it grew shorter while it was read' };
      read += bytesRead;
    }
    return { bytes };
  } finally {
    await file.close();
  }
}
