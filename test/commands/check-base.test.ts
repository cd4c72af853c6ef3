import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import type { Repo } from '../kit/repo.js';

interface Found {
  rule: string;
  file: string;
  severity: string;
  message: string;
  data: Record<string, unknown>;
}

/** The example's policy with other settings. */
const policy = (r: Repo, more: object) => ({
  '.layerpolicyrc.json': JSON.stringify({ ...JSON.parse(r.read('.layerpolicyrc.json')), ...more }),
});

/** A branch `pr` on a develop with these settings. */
const story = (settings: object = {}) => {
  const r = exampleRepo();
  return r.commit('policy', policy(r, settings)).branch('pr');
};

function check(r: Repo, ...args: string[]) {
  const { code, json, stderr } = run(r.dir, ['check', '--json', '--now', '2026-01-31', ...args], { env: r.env });
  const document = json() as { findings: Found[]; waived: Found[]; notices: string[]; error?: { code: string } };
  // What a policy change is called is another rule's matter.
  const findings = document.findings?.filter(({ rule }) => rule !== 'policy-change') ?? [];
  return {
    code,
    stderr,
    document,
    findings,
    told: findings.map(({ severity, rule, file }) => `${severity} ${rule} ${file}`),
  };
}

const bad = { '.build/x': 'x' };
const waiver = { rule: 'no-build-commits', file: '.build/**', reason: 'mine', until: '2027-01-01' };

describe('--base', () => {
  it.each([
    ['switches the rule off', { rules: { 'no-build-commits': 'off' } }],
    ['makes it a warning', { rules: { 'no-build-commits': 'warning' } }],
    ['waives it', { waivers: [waiver] }],
    ['overrides it for the path', { overrides: [{ paths: ['.build/**'], rules: { 'no-build-commits': 'off' } }] }],
  ])('holds what the base forbids though the head %s', (_, settings) => {
    const r = story();
    r.commit('excuse myself', { ...bad, ...policy(r, settings) });
    for (const stage of ['ci', 'all', 'release']) {
      const { told, code, findings } = check(r, '--stage', stage, '--base', 'develop');
      expect([code, told]).toEqual([1, ['error no-build-commits .build/x']]);
      const short = r.head('develop').slice(0, 7);
      expect(findings[0]?.message).toMatch(new RegExp(`\\(by the policy of the base, ${short}\\)$`));
      expect(findings[0]?.data.policy).toBe(r.head('develop'));
    }
  });

  it('holds it though the head’s baseline knows it, and takes it out of what is let pass', () => {
    const r = story();
    r.commit('bad', bad);
    run(r.dir, ['check', '--update-baseline'], { env: r.env });
    r.commit('baseline', { '.layerpolicy-baseline.json': r.read('.layerpolicy-baseline.json') });
    const { told, document } = check(r, '--stage', 'all', '--base', 'develop');
    expect([told, document.waived]).toEqual([['error no-build-commits .build/x'], []]);
    expect(check(r, '--stage', 'all').told).toEqual([]);
  });

  it('reports what both forbid once, and unmarked', () => {
    const r = story().commit('bad', bad);
    const { findings } = check(r, '--stage', 'all', '--base', 'develop');
    expect(findings).toEqual(check(r, '--stage', 'all').findings);
  });

  it('reports what the head alone forbids', () => {
    const r = story({ rules: { 'no-build-commits': 'off' } });
    r.commit('stricter', { ...bad, ...policy(r, { rules: {} }) });
    const { told, findings } = check(r, '--stage', 'all', '--base', 'develop');
    expect(told).toEqual(['error no-build-commits .build/x']);
    expect(findings[0]?.message).not.toContain('by the policy of the base');
  });

  it('lets pass what the base itself excuses, and what it no longer does is no fault of the head', () => {
    const past = { ...waiver, rule: 'no-root-arn', until: '2025-01-01' };
    const r = story({ rules: { 'no-root-arn': 'off' }, waivers: [waiver, past] });
    r.commit('more', { ...bad, 'x_arn.txt': '', ...policy(r, { rules: { 'no-root-arn': 'off' }, waivers: [waiver] }) });
    expect(check(r, '--stage', 'all', '--base', 'develop').told).toEqual([]);
  });

  it('takes the base’s declarations too: a layer the head no longer declares is still judged', () => {
    const r = story();
    const { 'inbox-core': _, ...layers } = JSON.parse(r.read('.layerpolicyrc.json')).layers;
    const functions = {};
    r.commit('undeclare', { ...policy(r, { layers, functions }), 'src_v2/inbox_core/new.py': 'x = 1\n' });
    expect(check(r, '--stage', 'ci').told).not.toContain('error version-bump VERSION');
    expect(check(r, '--stage', 'ci', '--base', 'develop').told).toContain('error version-bump VERSION');
  });

  it('works at the hooks', () => {
    const r = story();
    r.stage({ ...bad, ...policy(r, { rules: { 'no-build-commits': 'off' } }) });
    expect(check(r, '--stage', 'pre-commit', '--base', 'develop').told).toEqual(['error no-build-commits .build/x']);
    r.commit('bad');
    const stdin = `refs/heads/pr ${r.head()} refs/heads/pr ${'0'.repeat(40)}\n`;
    const args = ['check', '--stage', 'pre-push', '--base', 'develop', 'origin', 'url'];
    expect(run(r.dir, args, { env: r.env, stdin }).code).toBe(1);
  });

  it('says so where the base has no policy, and stops where nobody can read it', () => {
    const r = exampleRepo();
    const text = r.read('.layerpolicyrc.json');
    r.commit('none', { '.layerpolicyrc.json': null }).branch('pr').commit('first', { '.layerpolicyrc.json': text });
    const { code, document } = check(r, '--stage', 'all', '--base', 'develop');
    expect([code, document.notices]).toEqual([0, [expect.stringContaining('has no policy')]]);
    r.branch('broken', 'develop').commit('broken', { '.layerpolicyrc.json': '{' }).branch('pr');
    expect(check(r, '--stage', 'all', '--base', 'broken')).toMatchObject({
      code: 2,
      document: { error: { code: 'config-invalid', message: expect.stringContaining('broken:.layerpolicyrc.json') } },
    });
  });
});

describe('what --base takes', () => {
  it.each([
    '--output=pwned',
    '--upload-pack=touch pwned',
    'ext::sh -c touch% pwned',
    'HEAD~1;touch pwned',
    '$(touch pwned)',
    '`touch pwned`',
    '^HEAD',
    'HEAD..HEAD',
    'HEAD^{tree}',
    'HEAD:VERSION',
    'blob',
    'nowhere',
    '-',
    '',
    ' ',
    'HEAD\n',
    '@{upstream}',
    '../x',
  ])('is a commit, and not %j', (rev) => {
    const r = exampleRepo();
    r.git('tag', 'blob', r.git('rev-parse', 'HEAD:VERSION'));
    for (const args of [[`--base=${rev}`], ['--base', rev]]) {
      const { code } = run(r.dir, ['check', ...args], { env: r.env });
      expect([args, code, r.exists('pwned')]).toEqual([args, 2, false]);
    }
  });

  it('may be anything that leads to one', () => {
    const r = exampleRepo().commit('two');
    r.git('tag', '-a', 'annotated', '-m', 'x');
    r.git('update-ref', 'refs/heads/--upload-pack=x', 'HEAD');
    for (const rev of [
      'HEAD~1',
      r.head(),
      r.head().slice(0, 8),
      'annotated',
      'refs/heads/--upload-pack=x',
      '@',
      'HEAD^{/init}',
    ])
      expect([rev, run(r.dir, ['check', `--base=${rev}`], { env: r.env }).code]).toEqual([rev, 0]);
  });

  it('does not go with a new baseline, which would let pass what it cannot', () => {
    const r = exampleRepo();
    const { code, stderr } = run(r.dir, ['check', '--update-baseline', '--base', 'HEAD'], { env: r.env });
    expect([code, stderr]).toEqual([2, expect.stringContaining('without --base')]);
  });
});
