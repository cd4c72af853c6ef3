import type { Finding } from '../../src/policy/finding.js';

/** A finding to be excused, sorted or counted. */
export const finding = (rest: Partial<Finding> = {}): Finding => ({
  ...{ rule: 'texts', severity: 'error', file: 'a.txt', line: null, commit: null, layer: null },
  ...{ message: 'm', hint: 'h', data: {}, fingerprint: 'f' },
  ...rest,
});
