/**
 * `node zip-programs.js structure|yauzl FILE`, bundled by the bench: what the program does with a zip, without the
 * program around it, and the same by yauzl, which read our zips before.
 */
import { crc32 } from 'node:zlib';
import { openPromise } from 'yauzl';
import { readStructure } from '../../src/io/zip/structure.js';
import { openZip } from '../../src/io/zip/window.js';
import { passes } from './passes.js';

const [, , what, file = ''] = process.argv;
if (what === 'structure') structure();
else await contents();

function structure(): void {
  for (let pass = 0; pass < passes; pass++) {
    const zip = openZip(file);
    const { isSound, problems } = readStructure(zip);
    zip.close();
    if (!isSound || problems.length > 0) throw new Error('it should be sound');
  }
}

async function contents(): Promise<void> {
  const zip = await openPromise(file);
  for await (const entry of zip.eachEntry()) {
    let crc = 0;
    for await (const piece of await zip.openReadStreamPromise(entry)) crc = crc32(piece as Buffer, crc);
    if (crc !== entry.crc32) throw new Error(entry.fileName);
  }
}
