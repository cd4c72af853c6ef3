import { expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import type { Repo, Story } from '../kit/repo.js';

const arn = 'use arn:aws:lambda:eu-west-3:123456789012:layer:acme-core-dev:4\n';

function story(policy: object, files: Story = {}): Repo {
  const r = exampleRepo();
  return r.commit('policy', {
    '.layerpolicyrc.json': JSON.stringify({ ...JSON.parse(r.read('.layerpolicyrc.json')), ...policy }),
    ...files,
  });
}

/** Of the rules these stories are about; others have their own word on the same files. */
const rules = ['no-root-arn', 'semver-naming', 'archive-age'].flatMap((id) => ['--rule', id]);

function found(r: Repo, args: string[], named = rules): string[] {
  const { findings } = run(r.dir, ['check', '--json', ...args, ...named], { env: r.env }).json() as {
    findings: { rule: string; severity: string; file: string; commit: string | null }[];
  };
  return findings.map(
    ({ rule, severity, file, commit }) => `${severity} ${rule} ${file}${commit ? ' in history' : ''}`,
  );
}

it('an instance that leaves a fact alone sees nothing of it, whoever else asked for it', () => {
  const rules = { 'no-arn-texts': { use: 'no-root-arn', severity: 'warning', options: { contents: true } } };
  const r = story({ rules }, { 'NOTES.md': arn });
  expect(found(r, ['--stage', 'all'], [])).toEqual(['warning no-arn-texts NOTES.md']);
});

it('the last entry that matches a file and names the rule counts, severity and options', () => {
  const overrides = [
    { paths: ['*.md', '*.txt'], rules: { 'no-root-arn': ['warning', { contents: true }] } },
    { paths: ['A*'], rules: { 'semver-naming': 'off' } },
    { paths: ['{CHANGES,HISTORY}.md'], rules: { 'no-root-arn': 'off' } },
  ];
  const r = story({ overrides }, { 'A.md': arn, 'CHANGES.md': arn, 'arn.txt': 'x', 'arn.v1.txt': 'x', 'b.rst': arn });
  expect(found(r, ['--stage', 'all'])).toEqual([
    'warning no-root-arn A.md',
    'warning no-root-arn arn.txt',
    'warning no-root-arn arn.v1.txt',
  ]);
});

it('a rule that is off runs where an entry turns it on', () => {
  const overrides = [{ paths: ['layer_management/**'], rules: { 'semver-naming': 'error' } }];
  const r = story(
    { rules: { 'semver-naming': 'off' }, overrides },
    { 'inbox-core-final.zip': 'x', 'layer_management/archive/2026-01/inbox-core-final.zip': 'x' },
  );
  expect(found(r, ['--stage', 'all', '--now', '2026-01-31'])).toEqual([
    'error semver-naming layer_management/archive/2026-01/inbox-core-final.zip',
  ]);
});

it('a finding on a folder is let off only by what covers the folder', () => {
  const month = 'layer_management/archive/2020-01';
  const check = (path: string) =>
    found(
      story(
        { overrides: [{ paths: [path], rules: { 'archive-age': 'off' } }] },
        { [`${month}/inbox-core-0.1.0.zip`]: 'x' },
      ),
      ['--stage', 'all', '--now', '2026-01-31'],
    );
  const told = [`error archive-age ${month}`];
  expect([`${month}/*.zip`, `${month}/inbox-core-0.1.0.zip`, '*'].map(check)).toEqual([told, told, told]);
  expect([`${month}/**`, month, 'layer_management/**'].map(check)).toEqual([[], [], []]);
});

it('what history holds is judged by the path it had there', () => {
  const overrides = [{ paths: ['legacy/**'], rules: { 'semver-naming': 'off' } }];
  const r = story({ overrides });
  const from = r.head();
  r.commit('outside', { 'inbox-core-final.zip': 'x' });
  r.commit('moved to where it is let be', { 'inbox-core-final.zip': null, 'legacy/inbox-core-final.zip': 'x' });
  expect(found(r, ['--from', from])).toEqual(['error semver-naming inbox-core-final.zip in history']);
});

it('runs a rule once for each distinct set of options, however many entries say so', () => {
  const overrides = ['a', 'b', 'c'].map((folder) => ({
    paths: [`${folder}/**`],
    rules: { 'no-root-arn': ['warning', { contents: true }] },
  }));
  const r = story({ overrides }, { 'arn.txt': 'x' });
  expect(found(r, ['--stage', 'all'])).toEqual(['error no-root-arn arn.txt']);
});
