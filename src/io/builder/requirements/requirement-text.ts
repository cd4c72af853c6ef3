import type { Pin } from '../../../layer/packages/asked.js';
import type { Requirement } from '../../../layer/requirement.js';

/** One line for pip or uv. Its marker was judged already, for the place that is built for and not for this machine. */
export function requirementText(one: Pin | Omit<Requirement, 'line'>): string {
  const extras = 'extras' in one && one.extras.length > 0 ? `[${one.extras.join(',')}]` : '';
  const specifier = 'specifier' in one ? one.specifier : `==${one.version}`;
  return [`${one.name}${extras}${specifier}`, ...one.hashes.map((hash) => `--hash=${hash}`)].join(' ');
}
