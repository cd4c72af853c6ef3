import { createHash } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { failure } from '../../../errors.js';
import { authorities } from '../../authorities.js';
import { limits } from '../../zip/format.js';
import type { Download } from './installer.js';
import { masked } from './settings.js';
import { unreachable } from './trouble.js';
import type { Workshop } from './workshop.js';

/** Brings one file, twice tried; fails with `index-unreachable`, and with `package-refused` where it is another one. */
export async function bringFile({ vars }: Workshop, url: string, sha256: string | null): Promise<Download> {
  const file = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
  const ca = authorities(vars.SSL_CERT_FILE);
  const bytes = await get(url, ca, 5)
    .catch(() => get(url, ca, 5))
    .catch((error: Error) => {
      throw unreachable({ vars }, `${file}: ${masked(error.message)}`);
    });
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (sha256 !== null && sha256 !== digest) {
    throw failure('package-refused', {
      package: file,
      problem: `it has the sha256 ${digest}, and its index says ${sha256}`,
      fix: 'Run the same command again; where it stays, the index is damaged.',
    });
  }
  return { file, bytes };
}

function get(url: string, ca: string[] | null, redirects: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const client = url.startsWith('https:') ? https : http;
    const request = client.get(url, { timeout: 30_000, ...(ca !== null && { ca }) }, (response) => {
      const { statusCode = 0, headers } = response;
      if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined && redirects > 0) {
        response.resume();
        const next = new URL(headers.location, url).href;
        if (url.startsWith('https:') && !next.startsWith('https:'))
          return reject(new Error('it leads away from HTTPS'));
        return get(next, ca, redirects - 1).then(resolve, reject);
      }
      if (statusCode !== 200) {
        response.resume();
        return reject(new Error(`the answer is ${statusCode}`));
      }
      const pieces: Buffer[] = [];
      let size = 0;
      response.on('data', (piece: Buffer) => {
        pieces.push(piece);
        size += piece.length;
        if (size > limits.bytes) request.destroy(new Error(`it is larger than ${limits.bytes} bytes`));
      });
      response.once('error', reject);
      response.once('aborted', () => reject(new Error('it ended too soon')));
      response.once('end', () => resolve(Buffer.concat(pieces)));
    });
    request.once('timeout', () => request.destroy(new Error('no answer within 30 s')));
    request.once('error', reject);
  });
}
