import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import type { Repo } from '../kit/repo.js';

interface Document {
  findings: { rule: string; file: string }[];
  waived: { rule: string; excuse: string; by: string; until: string | null }[];
  notices: string[];
}

function check(r: Repo, args: string[], options: { env?: Record<string, string>; stdin?: string } = {}) {
  const { stdin = '', env } = options;
  const result = run(r.dir, ['check', '--json', '--now', '2026-01-31', ...args], { env: { ...r.env, ...env }, stdin });
  const document = result.json() as Document;
  return { code: result.code, ...document, told: document.findings.map(({ rule, file }) => `${rule} ${file}`) };
}

const waiver = { rule: 'no-root-arn', file: 'x_arn.txt', reason: 'agreed with the data team', until: '2026-01-31' };

function withWaivers(r: Repo, ...waivers: object[]) {
  return { '.layerpolicyrc.json': JSON.stringify({ ...JSON.parse(r.read('.layerpolicyrc.json')), waivers }) };
}

function waiving(...waivers: object[]): Repo {
  const r = exampleRepo();
  return r.commit('waive', withWaivers(r, ...waivers));
}

const pushOf = (r: Repo, from = 'HEAD~1') => `refs/heads/x ${r.head()} refs/heads/x ${r.head(from)}\n`;

describe('a waiver', () => {
  it('lets pass to the end of its last day, and is told with its reason and that day', () => {
    const r = waiving(waiver).commit('arn', { 'x_arn.txt': 'arn' });
    const { code, waived } = check(r, []);
    expect([code, waived]).toMatchObject([0, [{ excuse: 'waiver', by: waiver.reason, until: '2026-01-31' }]]);
    expect(check(r, ['--now', '2026-02-01']).code).toBe(1);
  });

  it('is of its own rule and file', () => {
    const r = waiving(waiver, { ...waiver, rule: 'no-build-commits', file: '.build/*.txt' });
    r.commit('all', {
      'x_arn.txt': 'x',
      'y_arn.txt': 'x',
      '.build/a.txt': 'x',
      '.build/a/b.txt': 'x',
      '.build/a.zip': 'x',
    });
    expect(check(r, ['--rule', 'no-root-arn', '--rule', 'no-build-commits']).told).toEqual([
      'no-build-commits .build/a.zip',
      'no-build-commits .build/a/b.txt',
      'no-root-arn y_arn.txt',
    ]);
  });
});

describe('a waiver that ran out', () => {
  const old = { ...waiver, until: '2020-01-01' };
  const finding = 'no-root-arn .layerpolicyrc.json';

  it('is a finding wherever a whole tree or a range is judged', () => {
    const r = waiving(old).commit('other', { 'docs/a.md': 'a' });
    for (const args of [[], ['--stage', 'release'], ['--stage', 'ci'], ['--from', 'HEAD~1']])
      expect([args, check(r, args).told]).toEqual([args, [finding]]);
  });

  it('is told, and holds nobody up, who commits or pushes something else', () => {
    const r = waiving(old).stage({ 'docs/a.md': 'a' });
    const notice = 'The waiver of no-root-arn for x_arn.txt ended on 2020-01-01. CI and release refuse it.';
    expect(check(r, ['--stage', 'pre-commit'])).toMatchObject({ code: 0, notices: [notice] });
    r.commit('other').git('branch', 'base', 'HEAD~1');
    const pushed = check(r.with({}), ['--stage', 'pre-push', 'origin', 'url'], { stdin: pushOf(r) });
    expect(pushed).toMatchObject({ code: 0, notices: [notice] });
  });

  it('is a finding for who changes the policy', () => {
    const r = waiving(old);
    r.stage(withWaivers(r, old, waiver));
    expect(check(r, ['--stage', 'pre-commit']).told).toEqual([finding]);
    r.commit('more waivers');
    const { told } = check(r, ['--stage', 'pre-push', 'origin', 'url'], { stdin: pushOf(r) });
    expect(told).toEqual([finding, 'policy-change .layerpolicyrc.json']);
  });

  it('lets nothing pass', () => {
    const r = waiving(old).stage({ 'x_arn.txt': 'arn' });
    expect(check(r, ['--stage', 'pre-commit']).told).toEqual(['no-root-arn x_arn.txt']);
  });

  it('is told by the rule it is of, and by no other that --rule names', () => {
    const r = waiving(old);
    expect([check(r, ['--rule', 'archive-age']).code, check(r, ['--rule', 'no-root-arn']).code]).toEqual([0, 1]);
  });
});

describe('LAYER_POLICY_SKIP', () => {
  const skip = (rules: string) => ({ env: { LAYER_POLICY_SKIP: rules } });

  it('works at commit and push, and is told', () => {
    const r = exampleRepo().stage({ '.build/x': 'x', 'x_arn.txt': 'x' });
    const told = (rules: string) => `LAYER_POLICY_SKIP: not enforced here: ${rules}. CI and release enforce them.`;
    const one = check(r, ['--stage', 'pre-commit'], skip('no-build-commits'));
    expect(one).toMatchObject({ code: 1, told: ['no-root-arn x_arn.txt'], notices: [told('no-build-commits')] });
    expect(one.waived).toMatchObject([{ excuse: 'skip', by: 'LAYER_POLICY_SKIP', until: null }]);
    const both = skip(' no-build-commits , no-root-arn,');
    expect(check(r, ['--stage', 'pre-commit'], both)).toMatchObject({
      code: 0,
      notices: [told('no-build-commits, no-root-arn')],
    });
    r.commit('bad');
    expect(check(r, ['--stage', 'pre-push', 'origin', 'url'], { ...both, stdin: pushOf(r) }).code).toBe(0);
  });

  it('has no effect on a range or a whole tree, and that is told', () => {
    const r = exampleRepo().commit('bad', { '.build/x': 'x' });
    for (const args of [[], ['--stage', 'release'], ['--stage', 'ci'], ['--from', 'HEAD~1']]) {
      const { code, notices } = check(r, args, skip('no-build-commits'));
      expect([args, code]).toEqual([args, 1]);
      expect(notices).toContain('LAYER_POLICY_SKIP has no effect at this stage.');
    }
  });

  it('names the rule that was meant', () => {
    const r = exampleRepo().stage({ '.build/x': 'x' });
    expect(check(r, ['--stage', 'pre-commit'], skip('no-build-comits,qqqqqqqqqqqq'))).toMatchObject({
      code: 1,
      notices: [
        "LAYER_POLICY_SKIP: there is no rule 'no-build-comits'. Did you mean 'no-build-commits'?",
        "LAYER_POLICY_SKIP: there is no rule 'qqqqqqqqqqqq'.",
      ],
    });
  });
});
