import { type Bump, compareVersions, defineRule, isCount, isVersion, pathspec } from 'layer-policy/rule';

const bump = (now: Bump['now'], base: Bump['now'] | null, rest: Partial<Bump> = {}): Bump => ({
  name: 'inbox-core',
  key: 'INBOX_CORE_VERSION',
  file: 'VERSION',
  now,
  base,
  tip: null,
  released: null,
  commit: null,
  ...rest,
});

const canonical = (now: Bump['now'], base: Bump['now']): Bump => ({
  ...bump(now, base),
  name: 'CANONICAL_VERSION',
  key: 'CANONICAL_VERSION',
});

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
  examples: [
    {
      name: 'raised with the change',
      given: { bumps: [bump({ version: '1.2.4', content: 'b' }, { version: '1.2.3', content: 'a' })] },
      problems: [],
    },
    {
      name: 'a new layer',
      given: { bumps: [bump({ version: '0.1.0', content: 'a' }, { version: null, content: null })] },
      problems: [],
    },
    {
      name: 'changed and not raised',
      given: { bumps: [bump({ version: '1.2.3', content: 'b' }, { version: '1.2.3', content: 'a' })] },
      problems: ['notRaised'],
    },
    {
      name: 'versioned paths that changed without their key',
      given: { bumps: [canonical({ version: '1.1', content: 'b' }, { version: '1.1', content: 'a' })] },
      problems: ['notRaised'],
    },
    {
      name: 'a version that falls',
      given: { bumps: [bump({ version: '1.2.2', content: 'a' }, { version: '1.2.3', content: 'a' })] },
      problems: ['fell'],
    },
    {
      name: 'two branches that take one version',
      given: {
        bumps: [
          bump(
            { version: '1.2.4', content: 'b' },
            { version: '1.2.3', content: 'a' },
            { tip: { version: '1.2.4', content: 'c' } },
          ),
        ],
      },
      problems: ['taken'],
    },
    {
      name: 'a released version with another content',
      given: {
        bumps: [
          bump({ version: '1.2.3', content: 'b' }, null, {
            released: { version: '1.2.3', content: 'a', by: 'tag v1.2.3' },
          }),
        ],
      },
      problems: ['released'],
    },
  ],
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
