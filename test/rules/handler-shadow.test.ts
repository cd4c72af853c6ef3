import { expect, it } from 'vitest';
import { exampleRepo } from '../kit/example.js';
import { type Repo, symlink } from '../kit/repo.js';
import { judging, policy } from './judging.js';

const ingest = 'src_v2/lambdas/ingest';
const rule = 'handler-shadow';
const said = (r: Repo, ...args: string[]) =>
  judging(r, rule, ...args).map(({ file, message }) => `${file}: ${message}`);
const staged = (r: Repo) => said(r, '--stage', 'pre-commit');

it('a function that carries what its layers provide', () => {
  const r = exampleRepo().stage({
    [`${ingest}/inbox_core/item.py`]: 'x = 1\n',
    [`${ingest}/bs4/__init__.py`]: '',
    [`${ingest}/charset_normalizer/md.cpython-312-x86_64-linux-gnu.so`]: '',
    [`${ingest}/PyYAML-6.0.3.dist-info/METADATA`]: '',
    [`${ingest}/feedparser.py`]: '',
    [`${ingest}/requests`]: symlink('../../vendor/requests'),
  });
  const expected = [
    `${ingest}/PyYAML-6.0.3.dist-info: ingest carries an installed "pyyaml", which its layer common-deps provides`,
    ...[
      ['bs4', 'common-deps'],
      ['charset_normalizer', 'common-deps'],
      ['feedparser', 'common-deps'],
      ['inbox_core', 'inbox-core'],
      ['requests', 'common-deps'],
    ].map(
      ([module, by]) =>
        `${ingest}/${module}${module === 'feedparser' ? '.py' : ''}: ingest carries its own "${module}", so it never imports that of its layer ${by}`,
    ),
  ];
  expect(staged(r)).toEqual(expected);
  expect(said(r.commit('bad'), '--stage', 'all')).toEqual(expected);
  expect(said(r, '--from', 'HEAD~1')).toEqual(expected);
  expect(judging(r, rule, '--stage', 'all')[4]).toMatchObject({
    layer: 'ingest',
    hint: expect.stringContaining(`git rm -r --cached -- :/${ingest}/inbox_core`),
  });
  r.git('rm', '-r', '-q', '--cached', '--', ...expected.map((line) => line.split(': ')[0] ?? ''));
  expect(staged(r)).toEqual([]);
});

it('is free in what no layer of its own provides', () => {
  const r = exampleRepo().stage({
    [`${ingest}/window.py`]: '',
    [`${ingest}/yaml/feeds.yaml`]: 'data: 1\n',
    [`${ingest}/vendor/requests/__init__.py`]: '',
    [`${ingest}/numpy/__init__.py`]: '',
    [`${ingest}/inbox_core.txt`]: '',
    'src_v2/lambdas/normalize_score/requests/__init__.py': '',
  });
  expect(staged(r)).toEqual([]);
});

it('is judged when the layer begins to provide it, by a file, a requirement or the policy', () => {
  const r = exampleRepo().commit('before', { [`${ingest}/boto3/__init__.py`]: '', [`${ingest}/extra/x.py`]: '' });
  expect(staged(r)).toEqual([]);
  r.stage({ 'src_v2/requirements.txt': `${r.read('src_v2/requirements.txt')}boto3==1.40.0\n` });
  expect(staged(r)).toHaveLength(1);
  r.commit('boto3');

  const config = JSON.parse(r.read('.layerpolicyrc.json'));
  config.layers.extra = {
    build: 'source',
    source: 'src_v2/extra',
    versionKey: 'EXTRA_VERSION',
    layerName: 'extra-{env}',
  };
  config.functions.ingest.layers.push('extra');
  policy(r, config);
  expect(staged(r)).toHaveLength(1);
  r.commit('declared');
  expect(staged(r.stage({ 'docs/a.md': 'a' }))).toEqual([]);
  // What the other layers provide is nothing that this commit has to do with.
  expect(staged(r.stage({ 'src_v2/extra/data.json': '{}' }))).toEqual([expect.stringContaining(`${ingest}/extra: `)]);
});
