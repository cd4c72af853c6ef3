import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/** Everything in a folder: name to mode and text, or to the target of a link. Bytes that are not UTF-8 show as `\xNN`. */
export function picture(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, portrait(join(folder, name))]),
  );
}

function portrait(path: string): string {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return `link to ${readlinkSync(path)}`;
  if (!found.isFile()) return 'folder';
  const bytes = readFileSync(path);
  const text = bytes.toString('utf8');
  const exact = Buffer.from(text).equals(bytes)
    ? text
    : bytes.toString('latin1').replace(/[^ -~\n]/g, (one) => `\\x${one.charCodeAt(0).toString(16)}`);
  return `${(found.mode & 0o777).toString(8)} ${exact}`;
}
