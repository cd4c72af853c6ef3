import { type ExamplesOf, judged } from 'layer-policy/rule';
import type rule from './archive-age.js';

const archive = 'layer_management/archive/';

export default [
  {
    name: 'the limit, inclusive',
    given: { today: '2026-01-31', archive: judged(`${archive}2025-11/inbox-core-1.2.2.zip`, `${archive}README.md`) },
    problems: [],
  },
  {
    name: 'a month too many',
    given: { today: '2026-01-31', archive: judged(`${archive}2025-10/a.zip`) },
    problems: ['tooOld'],
  },
  {
    name: 'a month to come',
    given: { today: '2026-01-31', archive: judged(`${archive}2026-02/a.zip`) },
    problems: ['future'],
  },
  {
    name: 'folders and files without a month',
    given: {
      today: '2026-01-31',
      archive: judged(`${archive}v18/a.zip`, `${archive}v18/b.zip`, `${archive}old.zip`),
    },
    problems: ['notAMonth', 'loose'],
  },
] satisfies ExamplesOf<typeof rule>;
