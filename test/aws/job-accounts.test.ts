import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { profileLine } from '../../src/setup/ci/accounts.js';
import { failureOf } from '../commands/in-process.js';
import type { Variables } from '../kit/isolated.js';
import { tempFolder } from '../kit/temp.js';
import { bench } from './bench.js';
import { openAt } from './fleet.js';
import { account, awsVars, region } from './world.js';

const moto = bench('moto');
const other = '210987654321';
const us = { target: 'prd/us', profile: 'inbox-us', region: 'us-east-1' };

it.each<[string, string, (home: string) => Variables]>([
  ['keys', 'credential_source = Environment', () => ({ AWS_ACCESS_KEY_ID: account })],
  [
    'a token',
    'web_identity_token_file = $AWS_WEB_IDENTITY_TOKEN_FILE',
    (home) => ({
      ...{ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined },
      ...{ AWS_ROLE_ARN: `arn:aws:iam::${account}:role/inbox`, AWS_WEB_IDENTITY_TOKEN_FILE: join(home, 'token') },
    }),
  ],
])('a job that brings %s comes to the second account by the profile that init has it write', async (_, source, brings) => {
  await moto.emulator.reset();
  const HOME = tempFolder('home');
  writeFileSync(join(HOME, 'token'), 'a.b.c');
  const env = { PATH: process.env.PATH, HOME, LAYER_ROLE_US: `arn:aws:iam::${other}:role/inbox`, ...brings(HOME) };
  expect(spawnSync('sh', ['-ec', profileLine(us, 'LAYER_ROLE_US', source)], { env }).status).toBe(0);
  const vars = awsVars(moto.emulator.url, { ...brings(HOME), AWS_CONFIG_FILE: join(HOME, '.aws/config') });
  const place = { target: 'aws', bucket: 'inbox', region } as const;
  // Whose the credentials are is asked whenever a target is opened.
  await openAt(vars, { ...place, name: 'prd/eu', profile: 'inbox', account });
  await openAt(vars, { ...place, name: 'prd/us', profile: us.profile, account: other });
  const { code } = await failureOf(openAt(vars, { ...place, name: 'prd/us', profile: 'unwritten', account: other }));
  expect(code).toBe('aws-account');
});
