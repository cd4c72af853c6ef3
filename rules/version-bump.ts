import { type Bump, compareVersions, defineRule, isCount, isVersion, pathspec } from 'layer-policy/rule';

export default defineRule({
  id: 'version-bump',
  title: 'What changed has a new version',
  why: 'A version stands for one content: two contents under 1.2.3 mean that nobody knows what production runs.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['bumps', 'commitBumps'],
  skip: ({ per }) => (per === 'commit' ? ['bumps'] : ['commitBumps']),
  options: {
    schema: { per: { enum: ['base', 'commit'], description: 'a raise since the base branch, or in every commit' } },
    defaults: { per: 'base' as 'base' | 'commit' },
  },
  messages: {
    notRaised: {
      message: '{what} changed, but {key} is {version} as before',
      hint: 'Run: layer-policy bump {name} {raise} && git add -- {spec}',
    },
    fell: {
      message: '{key} fell from {before} to {version}',
      hint: 'Versions only rise. Run: layer-policy bump {name} {before}, and raise it further if {name} changed',
    },
    taken: {
      message: '{name} {version} does not rise above {before}, which the base branch has with another content',
      hint: 'Bring the base branch in and raise above it: layer-policy bump {name} patch && git add -- {spec}',
    },
    released: {
      message: '{name} {version} is released with another content ({by})',
      hint: 'Give this content a version of its own: layer-policy bump {name} patch && git add -- {spec}',
    },
  },
  *check({ bumps, commitBumps }) {
    for (const change of [...bumps, ...commitBumps]) {
      const { name, key, file, commit, now, released } = change;
      if (now.version === null) continue;
      // A baseline that knows this version must not know the next one.
      const about = { file, layer: name, about: `${key} ${now.version}`, commit };
      const what = name === key ? 'what it stands for' : name;
      const data = { name, what, key, spec: pathspec(file), version: now.version, raise: raiseOf(now.version) };
      const verdict = judge(change, now.version);
      if (verdict !== null) yield { ...about, message: verdict.message, data: { ...data, before: verdict.before } };
      else if (differs(now.content, released?.content ?? null) && released?.version === now.version) {
        yield { ...about, message: 'released', data: { ...data, by: released.by } };
      }
    }
  },
});

function judge(
  { now, base, tip }: Bump,
  version: string,
): { message: 'fell' | 'notRaised' | 'taken'; before: string } | null {
  const before = base?.version;
  // A free key (`CANONICAL_VERSION=1.1`) has no order; it must be another one.
  if (!isVersion(version)) {
    return before === version && differs(now.content, base?.content ?? null)
      ? { message: 'notRaised', before: version }
      : null;
  }
  if (before && isVersion(before)) {
    const rise = compareVersions(version, before);
    if (rise < 0) return { message: 'fell', before };
    if (rise === 0 && differs(now.content, base?.content ?? null)) return { message: 'notRaised', before };
  }
  const theirs = tip?.version;
  if (theirs && isVersion(theirs) && differs(now.content, base?.content ?? null)) {
    const isAbove = compareVersions(version, theirs) > 0;
    if (!isAbove && differs(now.content, tip?.content ?? null)) return { message: 'taken', before: theirs };
  }
  return null;
}

/** What `bump` can do with a value: a free key may count by two numbers, or by none, and then it takes a first one. */
function raiseOf(version: string): string {
  return isVersion(version) ? 'patch' : isCount(version) ? 'minor' : '1.0';
}

/** Both exist, and are not the same: a new or a removed content needs no raise. */
function differs(content: string | null, other: string | null): boolean {
  return content !== null && other !== null && content !== other;
}
