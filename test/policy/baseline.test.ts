import { expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';

it('a baseline that knows one version unraised does not let the next one pass', () => {
  const r = exampleRepo().branch('feature').commit('change', { 'src_v2/inbox_core/a.py': 'a = 1\n' });
  const check = (...args: string[]) => run(r.dir, ['check', '--stage', 'ci', ...args], { env: r.env }).code;
  check('--update-baseline');
  r.commit('adopt', { '.layerpolicy-baseline.json': r.read('.layerpolicy-baseline.json') });
  expect(check()).toBe(0);
  const version = r.read('VERSION').replace('INBOX_CORE_VERSION=1.0.0', 'INBOX_CORE_VERSION=2.0.0');
  r.commit('raise', { VERSION: version }).git('branch', '-q', '-f', 'develop');
  r.commit('change again', { 'src_v2/inbox_core/a.py': 'a = 2\n' });
  expect(check()).toBe(1);
});
