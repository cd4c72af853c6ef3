import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endpointsOf, refuseForProduction } from '../../../src/io/aws/endpoint.js';
import { iniProfiles } from '../../../src/io/aws/ini.js';
import { chooseProfile } from '../../../src/io/aws/profile.js';
import { withoutSecrets } from '../../../src/io/aws/secrets.js';
import { awsTarget, partitionOf } from '../../../src/io/aws/target.js';
import { tempFolder } from '../../kit/temp.js';
import { codeOf } from '../registry/contract.js';

function home(files: Record<string, string>): { HOME: string } {
  const HOME = tempFolder('home');
  mkdirSync(join(HOME, '.aws'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(HOME, '.aws', name), text);
  return { HOME };
}

describe('profiles', () => {
  it('are the sections of config and credentials', () => {
    const text =
      '[default]\nregion = a\n[profile one]\nendpoint_url=http://x\n# [profile no]\n[sso-session s]\nregion=b\n';
    expect([...iniProfiles(text, 'config')].map(([name, settings]) => [name, ...settings.keys()])).toEqual([
      ['default', 'region'],
      ['one', 'endpoint_url'],
    ]);
    expect([...iniProfiles('[one]\r\naws_access_key_id=x\r\n[profile two]', 'credentials').keys()]).toEqual([
      'one',
      'profile two',
    ]);
  });

  it('the policy’s is taken where it is, before all else', async () => {
    const vars = { ...home({ config: '[profile inbox]\nendpoint_url = http://x\n' }), AWS_ACCESS_KEY_ID: 'k' };
    expect(await chooseProfile('inbox', vars)).toEqual({ profile: 'inbox', endpoint: 'http://x' });
  });

  it('in a job that brings credentials those are taken', async () => {
    expect(await chooseProfile('inbox', { ...home({}), AWS_WEB_IDENTITY_TOKEN_FILE: '/t' })).toMatchObject({
      profile: null,
    });
    expect(await chooseProfile(undefined, home({}))).toMatchObject({ profile: null });
  });

  it('one that is nowhere is refused by name', async () => {
    expect(await codeOf(chooseProfile('inbox', home({ credentials: '[other]\n' })))).toBe('aws-profile-missing');
    expect(await codeOf(chooseProfile(undefined, { ...home({}), AWS_PROFILE: 'x' }))).toBe('aws-profile-missing');
  });
});

describe('addresses', () => {
  it('are read as the SDK reads them, and told without what is secret', () => {
    const vars = { AWS_ENDPOINT_URL: 'http://user:pass@x/?token=1', AWS_ENDPOINT_URL_S3: 'http://s' };
    expect(endpointsOf(vars, 'http://p')).toEqual({
      s3: 'http://s',
      lambda: vars.AWS_ENDPOINT_URL,
      sts: vars.AWS_ENDPOINT_URL,
      from: ['AWS_ENDPOINT_URL_S3=http://s', 'AWS_ENDPOINT_URL=http://x/'],
    });
    expect(endpointsOf({}, 'http://p').from).toEqual(['endpoint_url=http://p']);
    expect(endpointsOf({ ...vars, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, null)).toEqual({ from: [] });
  });

  it('of production are those of AWS alone', () => {
    const refused = (environment: string, url: string) => {
      try {
        refuseForProduction(environment, endpointsOf({ AWS_ENDPOINT_URL: url }, null));
        return false;
      } catch {
        return true;
      }
    };
    expect(refused('prod', 'http://127.0.0.1:4566')).toBe(true);
    expect(refused('production-eu', 'https://evil.example/amazonaws.com')).toBe(true);
    expect(refused('prod', 'https://lambda.amazonaws.com.evil.example')).toBe(true);
    expect(refused('prod', 'https://vpce-1.lambda.eu-west-3.vpce.amazonaws.com')).toBe(false);
    expect(refused('dev', 'http://127.0.0.1:4566')).toBe(false);
  });
});

it('an environment is whole, or what it lacks is told', () => {
  const whole = { name: 'dev', target: 'aws', region: 'eu-west-3', account: '123456789012', bucket: 'b' } as const;
  expect(awsTarget(whole, 'p')).toMatchObject({ account: '123456789012', profile: 'p' });
  expect(() => awsTarget({ name: 'dev', target: 'aws', region: 'eu-west-3' }, null)).toThrow(
    'names no account, bucket',
  );
});

it.each([
  ['eu-west-3', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eu-isoe-west-1', 'aws-iso-e'],
  ['eusc-de-east-1', 'aws-eusc'],
])('%s is of %s', (region, partition) => {
  expect(partitionOf(region)).toBe(partition);
});

it('what opens a door is not told', () => {
  const vars = { AWS_SECRET_ACCESS_KEY: 'abcdefgh/secret', AWS_SESSION_TOKEN: 'session-token' };
  const text =
    'abcdefgh/secret and session-token of AKIAABCDEFGHIJKLMNOP at https://x/?X-Amz-Signature=abc&y=1 Signature=def, z';
  expect(withoutSecrets(text, vars)).toBe(
    '*** and *** of AKIA*** at https://x/?X-Amz-Signature=***&y=1 Signature=***, z',
  );
});
