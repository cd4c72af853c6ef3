import { failure } from '../../errors.js';
import type { Vars } from './profile.js';

export type Service = 's3' | 'lambda' | 'sts';

/** Addresses that stand in for AWS's own, by service; what set one is in `from`. */
export interface Endpoints {
  s3?: string;
  lambda?: string;
  sts?: string;
  from: string[];
}

/** As the SDK would read them; told here because whoever meant to publish to AWS must see them. */
export function endpointsOf(vars: Vars, ofProfile: string | null): Endpoints {
  const found: Endpoints = { from: [] };
  if (vars.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS === 'true') return found;
  for (const service of ['s3', 'lambda', 'sts'] as const) {
    const own = `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
    const url = vars[own] || vars.AWS_ENDPOINT_URL || ofProfile;
    if (!url) continue;
    found[service] = url;
    const from = vars[own] ? own : vars.AWS_ENDPOINT_URL ? 'AWS_ENDPOINT_URL' : 'endpoint_url';
    const line = `${from}=${withoutSecrets(url)}`;
    if (!found.from.includes(line)) found.from.push(line);
  }
  return found;
}

/** Production is AWS itself; its own private addresses are. */
export function refuseForProduction(environment: string, { from, ...urls }: Endpoints): void {
  const foreign = Object.values(urls).filter((url) => !isOfAws(url));
  if (foreign.length === 0 || !/^(prod|live)/i.test(environment)) return;
  throw failure('aws-endpoint', { environment, settings: from.join(', ') });
}

function isOfAws(url: string): boolean {
  try {
    const { protocol, hostname } = new URL(url);
    return protocol === 'https:' && /\.amazonaws\.(com|com\.cn|eu)$/.test(hostname);
  } catch {
    return false;
  }
}

/** User and password of a URL, and what follows a question mark. */
function withoutSecrets(url: string): string {
  return url.replace(/\/\/[^/@]*@/, '//').replace(/\?.*$/, '');
}
