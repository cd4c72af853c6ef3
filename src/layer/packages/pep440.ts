/** Versions of Python packages and what is demanded of them, as PEP 440 orders them. */

interface Parsed {
  epoch: number;
  release: number[];
  /** Rank of the stage before the release, and its number; null: the release itself. */
  pre: [stage: number, number] | null;
  post: number | null;
  dev: number | null;
  local: string[];
}

const form =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$/;
const stages: Record<string, number> = { a: 0, alpha: 0, b: 1, beta: 1, c: 2, rc: 2, pre: 2, preview: 2 };

function parse(text: string): Parsed | null {
  const found = form.exec(text.trim().toLowerCase());
  if (found === null) return null;
  const [, epoch, release = '', pre, preNumber, dash, post, postNumber, dev, devNumber, local] = found;
  return {
    epoch: Number(epoch ?? 0),
    release: release.split('.').map(Number),
    pre: pre === undefined ? null : [stages[pre] ?? 0, Number(preNumber || 0)],
    post: dash !== undefined ? Number(dash) : post === undefined ? null : Number(postNumber || 0),
    dev: dev === undefined ? null : Number(devNumber || 0),
    local: local === undefined ? [] : local.split(/[-_.]/),
  };
}

/** Below 0: a is the older one. Null where one of them is no version. */
export function compareReleases(a: string, b: string): number | null {
  const [one, other] = [parse(a), parse(b)];
  return one === null || other === null ? null : compare(one, other) || compareLocals(one.local, other.local);
}

/** Without what stands behind `+`. */
function compare(a: Parsed, b: Parsed): number {
  return a.epoch - b.epoch || compareLists(a.release, b.release) || compareLists(rank(a), rank(b));
}

/** 1.0.dev1 < 1.0a1.dev1 < 1.0a1 < 1.0a1.post1 < 1.0 < 1.0.post1.dev1 < 1.0.post1 */
function rank({ pre, post, dev }: Parsed): number[] {
  const stage = pre ?? (post === null && dev !== null ? [-1, 0] : [3, 0]);
  return [...stage, post ?? -1, dev ?? Number.MAX_SAFE_INTEGER];
}

/** What is missing counts as 0: 1.0 is 1. */
function compareLists(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareLocals(a: readonly string[], b: readonly string[]): number {
  for (const [at, one] of a.entries()) {
    const other = b[at];
    if (other === undefined) return 1;
    // A word is older than any number.
    const [left, right] = [one, other].map((part) => (/^\d+$/.test(part) ? Number(part) : -1)) as [number, number];
    if (left !== right) return left - right;
    if (left === -1 && one !== other) return one < other ? -1 : 1;
  }
  return a.length - b.length;
}

/** Whether a version keeps a demand such as `>=2,<3`; '' demands nothing. What is not understood is not kept. */
export function keeps(version: string, specifier: string): boolean {
  return specifier
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '')
    .every((clause) => keepsClause(version, clause));
}

function keepsClause(version: string, clause: string): boolean {
  const [, operator, given = ''] = /^(===|==|~=|!=|<=|>=|<|>)\s*(\S+)$/.exec(clause) ?? [];
  if (operator === '===') return version.toLowerCase() === given.toLowerCase();
  const isEquality = operator === '==' || operator === '!=';
  // `==2.*`, whose star may only follow a release.
  const isOpen = isEquality && /^[v\d!.]+\.\*$/i.test(given);
  const [have, want] = [parse(version), parse(isOpen ? given.slice(0, -2) : given)];
  if (have === null || want === null) return false;
  if (isEquality) return (isOpen ? beginsWith(have, want) : equal(have, want)) === (operator === '==');
  switch (operator) {
    case '~=':
      return compare(have, want) >= 0 && beginsWith(have, { ...want, release: want.release.slice(0, -1) });
    case '<=':
      return compare(have, want) <= 0;
    case '>=':
      return compare(have, want) >= 0;
    case '<':
      // What comes before a release is not older than it in the sense of "<", unless the demand is about such.
      return compare(have, want) < 0 && !(isBefore(have) && !isBefore(want) && sameRelease(have, want));
    default:
      return compare(have, want) > 0 && !(have.post !== null && want.post === null && sameRelease(have, want));
  }
}

function isBefore({ pre, dev }: Parsed): boolean {
  return pre !== null || dev !== null;
}

/** A local version is the public one where the demand names none. */
function equal(have: Parsed, want: Parsed): boolean {
  return compare(have, want) === 0 && (want.local.length === 0 || compareLocals(have.local, want.local) === 0);
}

function sameRelease(a: Parsed, b: Parsed): boolean {
  return a.epoch === b.epoch && compareLists(a.release, b.release) === 0;
}

function beginsWith(have: Parsed, { epoch, release }: Pick<Parsed, 'epoch' | 'release'>): boolean {
  return have.epoch === epoch && release.every((part, at) => (have.release[at] ?? 0) === part);
}
