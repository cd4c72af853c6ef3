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
  return a.epoch - b.epoch || compareLists(trimmed(a.release), trimmed(b.release)) || compareLists(rank(a), rank(b));
}

/** 1.0.dev1 < 1.0a1.dev1 < 1.0a1 < 1.0a1.post1 < 1.0 < 1.0.post1.dev1 < 1.0.post1 */
function rank({ pre, post, dev }: Parsed): number[] {
  const stage = pre ?? (post === null && dev !== null ? [-1, 0] : [3, 0]);
  return [...stage, post ?? -1, dev ?? Number.MAX_SAFE_INTEGER];
}

function trimmed(release: readonly number[]): number[] {
  const last = release.findLastIndex((part) => part !== 0);
  return release.slice(0, last + 1);
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareLocals(a: readonly string[], b: readonly string[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const [one, other] = [a[at], b[at]];
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
    if (one === other) continue;
    const numbers = [/^\d+$/.test(one), /^\d+$/.test(other)];
    if (numbers[0] && numbers[1]) return Number(one) - Number(other);
    return numbers[0] ? 1 : numbers[1] ? -1 : one < other ? -1 : 1;
  }
  return 0;
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
  if (operator === undefined) return false;
  if (operator === '===') return version.trim().toLowerCase() === given.toLowerCase();
  const isOpen = given.endsWith('.*');
  const [have, want] = [parse(version), parse(isOpen ? given.slice(0, -2) : given)];
  if (have === null || want === null || (isOpen && operator !== '==' && operator !== '!=')) return false;
  switch (operator) {
    case '==':
    case '!=':
      return (isOpen ? beginsWith(have, want) : equal(have, want)) === (operator === '==');
    case '~=':
      return (
        compare(have, want) >= 0 &&
        beginsWith(have, { ...want, release: want.release.slice(0, -1), pre: null, post: null })
      );
    case '<=':
      return compare(have, want) <= 0;
    case '>=':
      return compare(have, want) >= 0;
    case '<':
      // What comes before a release is not older than it in the sense of "<", unless the demand is about such.
      return compare(have, want) < 0 && !(isBefore(have) && !isBefore(want) && sameRelease(have, want));
    default:
      return (
        compare(have, want) > 0 &&
        !(have.post !== null && want.post === null && sameRelease(have, want)) &&
        !(have.local.length > 0 && compare(have, want) === 0)
      );
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
  return a.epoch === b.epoch && compareLists(trimmed(a.release), trimmed(b.release)) === 0;
}

function beginsWith(have: Parsed, want: Parsed): boolean {
  if (want.pre === null && want.post === null)
    return have.epoch === want.epoch && want.release.every((part, at) => (have.release[at] ?? 0) === part);
  const samePre = have.pre?.join() === want.pre?.join();
  return sameRelease(have, want) && samePre && (want.post === null || have.post === want.post);
}
