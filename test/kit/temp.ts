import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder of a whole test run; `build-once.ts` makes and removes it. */
export const tempVariable = 'LAYER_POLICY_TEST_TEMP';

let root: string | undefined;

/** A fresh empty folder, removed when the test run (or, outside one, the process) ends. */
export function tempFolder(name: string): string {
  root ??= process.env[tempVariable] ?? removedAtExit();
  return mkdtempSync(join(root, `${name}-`));
}

/** Real path, because git answers with real paths and the system's temporary folder may be a link. */
export function newRoot(): string {
  return realpathSync(mkdtempSync(join(tmpdir(), 'layer-policy-')));
}

function removedAtExit(): string {
  const folder = newRoot();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
