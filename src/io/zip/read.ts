import { crc32, type InflateRaw, inflateRawSync } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { isFailure } from '../../errors.js';
import type { ArtefactEntry } from '../../ports.js';
import { methods } from './format.js';
import { type Refuse, refusal } from './refusal.js';
import { type Extent, readStructure } from './structure.js';

/**
 * The files of a zip, in their order; folders have none. `file` names the zip in the failure (`zip-invalid`). The own
 * walk decides what is where; yauzl, which was written by others from the same specification, must find the same.
 */
export async function readZip(bytes: Uint8Array, file = 'The zip'): Promise<ArtefactEntry[]> {
  const refuse = refusal(file);
  const zip = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const extents = readStructure(zip, refuse);
  try {
    return await readContents(zip, extents, refuse);
  } catch (error) {
    if (isFailure(error)) throw error;
    throw refuse(error instanceof Error ? error.message : String(error), error);
  }
}

async function readContents(zip: Buffer, extents: readonly Extent[], refuse: Refuse): Promise<ArtefactEntry[]> {
  const second = await fromBufferPromise(zip, { strictFileNames: true, validateEntrySizes: true });
  const files: ArtefactEntry[] = [];
  let index = 0;
  for await (const entry of second.eachEntry()) {
    const extent = extents[index++];
    if (extent === undefined || !(await agree(second, entry, extent))) {
      throw refuse(`${entry.fileName}: two readers do not agree about it`);
    }
    if (extent.kind === 'file')
      files.push({ path: extent.path, mode: extent.mode, bytes: unpack(zip, extent, refuse) });
  }
  if (index !== extents.length) throw refuse('two readers do not agree about the number of entries');
  return files;
}

async function agree(second: ZipFile, entry: Entry, extent: Extent): Promise<boolean> {
  const { fileDataStart } = await second.readLocalFileHeaderPromise(entry, { minimal: true });
  return (
    entry.fileName === (extent.kind === 'folder' ? `${extent.path}/` : extent.path) &&
    entry.compressionMethod === extent.method &&
    entry.crc32 === extent.crc &&
    entry.uncompressedSize === extent.size &&
    fileDataStart === extent.start &&
    fileDataStart + entry.compressedSize === extent.end
  );
}

function unpack(zip: Buffer, extent: Extent, refuse: Refuse): Uint8Array {
  const data = zip.subarray(extent.start, extent.end);
  const bytes = extent.method === methods.stored ? data : inflate(data, extent, refuse);
  if (crc32(bytes) !== extent.crc) throw refuse(`${extent.path}: its content is damaged (CRC-32)`);
  return bytes;
}

function inflate(data: Buffer, { path, size }: Extent, refuse: Refuse): Buffer {
  const options = { info: true, maxOutputLength: Math.max(size, 1) };
  let result: { buffer: Buffer; engine: InflateRaw };
  try {
    // With `info` it returns this pair; the types do not know.
    result = inflateRawSync(data, options) as unknown as typeof result;
  } catch (error) {
    throw refuse(`${path}: its content is damaged, or larger than it says`, error);
  }
  if (result.buffer.length !== size) throw refuse(`${path}: its content is not as large as it says`);
  // Deflate ends by itself; bytes behind that end would be seen by nobody, so nobody should have put them there.
  if (result.engine.bytesWritten !== data.length) throw refuse(`${path}: bytes are hidden behind its content`);
  return result.buffer;
}
