import { describe, expect, it } from 'vitest';
import { localArn, parseLayerArn } from '../../src/layer/arn.js';
import type { Manifest } from '../../src/layer/manifest.js';
import { manifestProblems } from '../../src/layer/manifest-problems.js';
import { disagreements, releasesIn } from '../../src/layer/manifest-releases.js';
import { examplePolicy } from '../../src/rule/examples.js';

const sha = 'a'.repeat(40);
const sha256 = 'b'.repeat(64);
const arn = (name = 'acme-inbox-core-dev', region = 'eu-west-3', account = '123456789012') =>
  ['arn:aws:lambda', region, account, 'layer', name, '4'].join(':');
const manifest: Manifest = {
  ...{ layer_name: 'acme-inbox-core-dev', version: '1.2.3', git_sha: sha, build_date: '2026-01-31T10:30:00Z' },
  ...{ size_mb: 0.1, aws_arn_dev: null },
};
const published = (rest: object = {}) => ({
  ...{ version: '1.2.3', arn: arn(), sha256, git_sha: sha, published_at: '2026-01-31T10:30:00Z', previous: null },
  ...rest,
});

type Fields = { [Key in keyof Manifest]?: Manifest[Key] };

function told(fields: Fields, policy = examplePolicy, layer = 'inbox-core') {
  const file = { path: 'm', layer, manifest: { ...manifest, ...fields } as Manifest, problems: [] };
  return manifestProblems(file, policy).map(({ kind, field, line, what }) => `${kind} ${field} ${line} ${what}`);
}

describe('what a manifest says against the policy', () => {
  const undeclared = 'stands for environment "prod", which the policy does not declare';

  it.each<[string, Fields, string[]]>([
    ['nothing', {}, []],
    ['nothing of another environment', { layer_name: 'acme-inbox-core-stage' }, []],
    [
      'another layer',
      { layer_name: 'other' },
      [
        'schema /layer_name null is "other"; the policy publishes acme-inbox-core-dev, acme-inbox-core-stage, acme-inbox-core-local',
      ],
    ],
    ['what is right', { aws_arn_dev: arn(), environments: { dev: published() } }, []],
    ['what is no ARN', { aws_arn_dev: 'x' }, ['arn /aws_arn_dev null "x" is not the ARN of a layer version']],
    [
      'the ARN of another layer',
      { aws_arn_dev: arn('other') },
      ['arn /aws_arn_dev null is of layer other, not acme-inbox-core-dev'],
    ],
    [
      'another region',
      { aws_arn_dev: arn(undefined, 'us-east-1') },
      ['arn /aws_arn_dev null is in us-east-1; dev is in eu-west-3'],
    ],
    [
      'another account',
      { aws_arn_dev: arn(undefined, undefined, '999999999999') },
      ['arn /aws_arn_dev null is of account 999999999999; dev is 123456789012'],
    ],
    ['an environment that is none', { aws_arn_prod: arn() }, [`arn /aws_arn_prod null ${undeclared}`]],
    [
      'another one than its environments',
      { aws_arn_dev: arn().replace(/4$/, '5'), environments: { dev: published() } },
      ['arn /aws_arn_dev null differs from environments.dev.arn'],
    ],
    [
      'an environment’s wrong ARN',
      { environments: { prod: published() } },
      [`arn /environments/prod/arn null ${undeclared}`],
    ],
    [
      'a wrong ARN to go back to',
      { environments: { dev: published({ previous: { version: '1.0.0', arn: 'x' } }) } },
      ['arn /environments/dev/previous/arn null "x" is not the ARN of a layer version'],
    ],
    ['a local one', { aws_arn_local: localArn('acme-inbox-core-local', 4) }, []],
    [
      'an ARN of AWS where it is local',
      { aws_arn_local: arn('acme-inbox-core-local') },
      ['arn /aws_arn_local null is in eu-west-3; local is in local'],
    ],
    [
      'an account of AWS where it is local',
      { aws_arn_local: arn('acme-inbox-core-local', 'local') },
      ['arn /aws_arn_local null is of account 123456789012; local is 000000000000'],
    ],
    ['an extension that is not its business', { 'x-aws_arn_dev': 'x' }, []],
  ])('%s', (_, fields, expected) => expect(told(fields)).toEqual(expected));

  it('wants the first environment named, and of a policy without any the local one', () => {
    const { aws_arn_dev: _, ...bare } = manifest;
    const file = { path: 'm', layer: 'inbox-core', manifest: bare as Manifest, problems: [] };
    const lacking = (environments: typeof examplePolicy.environments) =>
      manifestProblems(file, { ...examplePolicy, environments }).map(({ what }) => what);
    const lack = (name: string) => `lacks aws_arn_${name} (null as long as it is not published there)`;
    expect(lacking(examplePolicy.environments)).toEqual([lack('dev')]);
    expect(lacking({})).toContain(lack('local'));
  });

  it('does not judge region and account where none is declared', () => {
    const environments = { dev: { name: 'dev', target: 'aws' as const } };
    const anywhere = { aws_arn_dev: arn(undefined, 'us-east-1', '999999999999') };
    expect(told(anywhere, { ...examplePolicy, environments })).toEqual([]);
  });

  it('judges what is a manifest of a declared layer, and keeps what its text has shown', () => {
    expect(told({ layer_name: 'other' }, examplePolicy, 'toString')).toEqual([]);
    const problems = [{ kind: 'json' as const, field: '', line: 1, what: 'x' }];
    const file = { path: 'm', layer: 'inbox-core', manifest: null, problems };
    expect(manifestProblems(file, examplePolicy)).toEqual(problems);
    const both = manifestProblems({ ...file, manifest: { ...manifest, layer_name: 'other' } }, examplePolicy);
    expect(both.map(({ kind }) => kind)).toEqual(['json', 'schema']);
  });
});

describe('a layer version’s ARN', () => {
  it('is taken apart', () => {
    expect(parseLayerArn(arn())).toEqual({
      ...{
        partition: 'aws',
        region: 'eu-west-3',
        account: '123456789012',
        layerName: 'acme-inbox-core-dev',
        version: 4,
      },
    });
    expect(localArn('core', 7)).toBe('arn:aws:lambda:local:000000000000:layer:core:7');
    expect(parseLayerArn(localArn('core', 7))).toMatchObject({ region: 'local', version: 7 });
  });

  it.each([
    ...['us-gov-west-1', 'us-iso-east-1', 'us-isob-east-1', 'eusc-de-east-1'].map((region) => arn('a', region)),
    arn().replace(':aws:', ':aws-cn:'),
    arn('a'.repeat(140)),
    arn().replace(/4$/, '999999999'),
  ])('may be %s', (text) => expect(parseLayerArn(text)).not.toBeNull());

  it.each([
    ...[
      '',
      'x',
      ` ${arn()}`,
      `${arn()} `,
      arn().replace(/:4$/, ''),
      arn().replace(/4$/, '0'),
      arn().replace(/4$/, '04'),
    ],
    ...[arn().replace(/4$/, '1234567890'), arn('a'.repeat(141)), arn('a b'), arn(''), arn('a', 'eu-west')],
    ...[arn('a', 'local-1'), arn('a', 'xeu-west-3'), arn('a', 'eu-west-3', '12345678901')],
    ...[arn('a', 'eu-west-3', '1234567890123'), arn().replace('lambda', 's3'), arn().replace(':layer:', ':function:')],
    arn().replace(':aws:', ':gcp:'),
  ])('is not %j', (text) => expect(parseLayerArn(text)).toBeNull());
});

describe('the releases in a manifest', () => {
  const zip = { sha256, content_digest: 'c', size_bytes: 5 };

  it('are the latest, and what environments run beside it', () => {
    const environments = {
      dev: published(),
      stage: published({ version: '1.2.2' }),
      prod: published({ git_sha: 'd'.repeat(40) }),
      other: published({ sha256: 'e' }),
    };
    const [latest, ...others] = releasesIn({ ...manifest, ...zip, environments });
    expect(latest).toMatchObject({ at: '', version: '1.2.3', gitSha: sha, zip });
    expect(others).toEqual([
      { at: 'environments.stage.', version: '1.2.2', gitSha: sha, zip: { sha256 } },
      { at: 'environments.prod.', version: '1.2.3', gitSha: 'd'.repeat(40), zip: { sha256 } },
      { at: 'environments.other.', version: '1.2.3', gitSha: sha, zip: { sha256: 'e' } },
    ]);
    expect(releasesIn(manifest)).toHaveLength(1);
  });

  it.each([
    ['alike', zip, zip, []],
    ['nothing in common', { sha256 }, { size_bytes: 5 }, []],
    ['another digest', zip, { ...zip, sha256: 'x' }, ['sha256']],
    ['bytes and so megabytes', { size_bytes: 5, size_mb: 1 }, { size_bytes: 6, size_mb: 2 }, ['size_bytes']],
    ['megabytes alone', { size_bytes: 5, size_mb: 1 }, { size_bytes: 5, size_mb: 2 }, ['size_mb']],
    [
      'a digest and megabytes',
      { content_digest: 'a', size_mb: 1 },
      { content_digest: 'b', size_mb: 2 },
      ['content_digest', 'size_mb'],
    ],
  ])('%s', (_, one, other, fields) => {
    const found = disagreements(one, other);
    expect(found.map(({ field }) => field)).toEqual(fields);
    for (const { field, here, there } of found)
      expect([here, there]).toEqual([Reflect.get(one, field), Reflect.get(other, field)]);
  });
});
