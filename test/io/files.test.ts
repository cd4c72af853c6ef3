import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { files } from '../../src/io/files.js';
import { tempFolder } from '../kit/temp.js';

it('a file that cannot be written leaves nothing beside it', async () => {
  const folder = tempFolder('files');
  mkdirSync(join(folder, 'taken/inside'), { recursive: true });
  await expect(files.write(join(folder, 'taken'), new Uint8Array([1]))).rejects.toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
});
