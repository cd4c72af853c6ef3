import { chmodSync, lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a story puts at a path: text, bytes, an executable, a symlink, or null for nothing. */
export type Content = string | Uint8Array | Executable | Symlink | null;
export type Story = Record<string, Content>;

interface Executable {
  kind: 'exec';
  text: string;
}

interface Symlink {
  kind: 'symlink';
  target: string;
}

export const exec = (text: string): Executable => ({ kind: 'exec', text });
export const symlink = (target: string): Symlink => ({ kind: 'symlink', target });

/** Writes (null: removes) files below a folder. What is there already is replaced, even by another kind. */
export function writeFiles(dir: string, files: Story): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(dir, path);
    const isPlain = typeof content === 'string' || content instanceof Uint8Array || content?.kind === 'exec';
    if (!isPlain || lstatSync(file, { throwIfNoEntry: false })?.isFile() === false) {
      rmSync(file, { recursive: true, force: true });
    }
    if (content === null) continue;
    mkdirSync(dirname(file), { recursive: true });
    if (typeof content === 'string' || content instanceof Uint8Array) {
      writeFileSync(file, content);
      chmodSync(file, 0o644);
    } else if (content.kind === 'exec') {
      writeFileSync(file, content.text);
      chmodSync(file, 0o755);
    } else {
      symlinkSync(content.target, file);
    }
  }
}
