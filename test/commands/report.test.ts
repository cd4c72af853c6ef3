import { expect, it } from 'vitest';
import type { Overview } from '../../src/overview/overview.js';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import type { Repo } from '../kit/repo.js';

const cli = (r: Repo, ...args: string[]) => run(r.dir, args, { env: r.env });
const told = (r: Repo, ...args: string[]) => cli(r, 'report', '--json', ...args).json() as Overview;

it('follows two releases from commit to function', () => {
  const r = exampleRepo();
  cli(r, 'release', 'inbox-core', '--env', 'local', '--record');
  cli(r, 'bump', 'inbox-core', 'minor');
  r.git('commit', '-qam', 'bump');
  cli(r, 'release', 'inbox-core', '--env', 'local', '--record');
  const { layers, releases, findings } = told(r);
  expect(layers[0]).toMatchObject({
    ...{ name: 'inbox-core', version: '1.1.0', functions: ['ingest', 'normalize-score'] },
    running: { local: { version: '1.1.0', previous: '1.0.0' } },
    packages: { version: '1.1.0', packages: [{ name: 'inbox_core' }] },
  });
  const [newer, older] = [...releases].sort((a, b) => (a.version < b.version ? 1 : -1));
  expect(newer).toMatchObject({ version: '1.1.0', archivedIn: null, tag: { name: 'inbox-core-v1.1.0' } });
  expect(older).toMatchObject({
    version: '1.0.0',
    supersededBy: '1.1.0',
    archivedIn: expect.stringMatching(/^\d{4}-\d{2}$/),
  });
  expect(releases.every(({ tag, gitSha }) => tag?.commit === gitSha)).toBe(true);
  expect(findings.at(-1)).toMatchObject({ commit: r.head(), counts: {} });

  const { code, stdout } = cli(r, 'report', '--html', 'layers.html');
  expect([code, stdout]).toEqual([0, '✔ layers.html: 2 layers, 2 releases\n']);
  expect(r.read('layers.html')).toContain('inbox-core 1.0.0');
});

it('judges commits along the way, each by the policy it had', () => {
  const r = exampleRepo();
  r.commit('an ARN', { 'core_layer_arn.txt': 'arn' }).commit('gone', { 'core_layer_arn.txt': null });
  const counts = (points: string) => told(r, '--points', points).findings.map(({ counts }) => counts);
  expect(counts('3')).toEqual([{}, { 'no-root-arn': 1 }, {}]);
  expect(counts('2')).toEqual([{}, {}]);
  expect(counts('1')).toEqual([{}]);
  r.commit('broken', { '.layerpolicyrc.json': '{}' });
  expect(cli(r, 'report', '--json').code).toBe(2);
});

it('a manifest that cannot be read is said, and the rest is told', () => {
  const r = exampleRepo().commit('broken', {
    'layer_management/active/inbox-core/manifest.json': '{',
    'layer_management/archive/2026-01/manifest.json': '{ "schema": 1, "artefacts": { "x": { "name": 7 } } }',
  });
  const { notices, releases, layers } = told(r);
  expect(notices).toHaveLength(2);
  expect([releases.length, layers.length]).toEqual([0, 2]);
});

it('what the original scripts recorded is shown in the target of its account and region', () => {
  const r = exampleRepo();
  const policy = JSON.parse(r.read('.layerpolicyrc.json'));
  const place = (region: string) => ({ region, bucket: `inbox-${region}` });
  policy.environments.prod = {
    ...{ target: 'aws', account: '123456789012' },
    targets: { eu: place('eu-west-3'), us: place('us-east-1') },
  };
  const arn = 'arn:aws:lambda:us-east-1:123456789012:layer:inbox-core-prod:7';
  r.commit('as it was', {
    '.layerpolicyrc.json': JSON.stringify(policy),
    'layer_management/active/inbox-core/manifest.json': JSON.stringify({
      ...{ layer_name: 'inbox-core-prod', version: '1.0.0', git_sha: null, build_date: null, size_mb: null },
      ...{ aws_arn_dev: null, aws_arn_prod: arn },
    }),
  });
  const { layers, releases } = told(r);
  expect(layers[0]?.running).toEqual({ 'prod/us': expect.objectContaining({ arn, version: '1.0.0' }) });
  expect(releases[0]?.published).toEqual([{ environment: 'prod/us', arn, at: null }]);
});

it('names a file where it is given a folder', () => {
  const r = exampleRepo();
  const { code, stderr } = run(r.dir, ['report', '--html', 'src_v2/'], { env: r.env });
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('src_v2/ is a folder. Name the file: --html src_v2/layers.html'),
  ]);
});

it('asks for a file, and for a number of commits that is one', () => {
  const r = exampleRepo();
  expect(cli(r, 'report').stderr).toContain('--html layers.html');
  expect(cli(r, 'report', '--json', '--points', '0').code).toBe(2);
});
