import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';
import type { MadeWheel } from './wheel.js';

export interface PackageIndex {
  /** What names it as an index. */
  url: string;
  /** Paths that were asked for. */
  asked: string[];
  /** Files by name; a test may add, change and remove them. */
  files: Map<string, Uint8Array>;
  stop(): Promise<void>;
}

/** An index of packages on this machine (PEP 503), stopped when the tests of the file have ended. */
export async function packageIndex(wheels: readonly MadeWheel[]): Promise<PackageIndex> {
  const files = new Map(wheels.map(({ file, bytes }) => [file, bytes]));
  const asked: string[] = [];
  const normal = (name: string) => name.toLowerCase().replace(/[-_.]+/g, '-');
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const [, kind, name = ''] = decodeURIComponent(url).split('/');
    const bytes = kind === 'files' ? files.get(name) : undefined;
    if (bytes !== undefined) return response.writeHead(200, { 'content-length': bytes.length }).end(bytes);
    const own = [...files.keys()].filter((file) => normal(file.split('-')[0] ?? '') === normal(name));
    if (kind !== 'simple' || own.length === 0) return response.writeHead(404).end();
    const links = own.map((file) => `<a href="/files/${encodeURIComponent(file)}">${file}</a>`);
    return response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!DOCTYPE html><html><body>${links.join('\n')}</body></html>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => new Promise<void>((resolve) => void server.close(() => resolve()).closeAllConnections());
  afterAll(stop);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple`, asked, files, stop };
}
