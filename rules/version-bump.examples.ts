import type { Bump, ExamplesOf } from 'layer-policy/rule';
import type rule from './version-bump.js';

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

export default [
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
] satisfies ExamplesOf<typeof rule>;
