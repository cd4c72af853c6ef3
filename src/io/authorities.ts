import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';

/**
 * Those whose certificates are believed: a company's, from the file that a variable of its machines names, beside everybody's.
 * Null where none is named; then Node's own (and NODE_EXTRA_CA_CERTS) hold.
 */
export function authorities(path: string | undefined): string[] | null {
  if (path === undefined || path === '') return null;
  try {
    return [...rootCertificates, readFileSync(path, 'utf8')];
  } catch {
    return null;
  }
}
