import { distributionName } from '../python-modules.js';

/** A file of an index, by uv's word. */
export interface ListedFile {
  /** Its name there. */
  file: string;
  url: string;
  /** Hex; null where the index tells none. */
  sha256: string | null;
}

export interface ListedPackage {
  /** Normalised. */
  name: string;
  wheels: ListedFile[];
  source: ListedFile | null;
}

/** What uv writes as pylock.toml (PEP 751), as far as it says which files there are; other text holds no package. */
export function readPylock(text: string, base: string): ListedPackage[] {
  return text
    .split(/^\[\[packages\]\]$/m)
    .slice(1)
    .flatMap((part) => {
      const name = /^name = "([^"]+)"$/m.exec(part)?.[1];
      const files = part.split(/\{ url = /).flatMap((one) => listedFile(one, base));
      if (name === undefined) return [];
      const wheels = files.filter(({ file }) => file.endsWith('.whl'));
      return [{ name: distributionName(name), wheels, source: files.find((file) => !wheels.includes(file)) ?? null }];
    });
}

function listedFile(text: string, base: string): ListedFile[] {
  const address = /^"([^"\\]+)"/.exec(text)?.[1];
  const url = address === undefined || !URL.canParse(address, base) ? null : new URL(address, base);
  if (url === null || !/^https?:$/.test(url.protocol)) return [];
  const file = url.pathname
    .slice(url.pathname.lastIndexOf('/') + 1)
    .replace(/%2B/gi, '+')
    .replaceAll('%21', '!');
  // It becomes the name of a file of ours.
  if (!/^[A-Za-z0-9][\w.+!-]{0,250}$/.test(file)) return [];
  return [{ file, url: url.href, sha256: /sha256 = "([0-9a-f]{64})"/.exec(text)?.[1] ?? null }];
}
