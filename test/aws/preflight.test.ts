import { expect, it } from 'vitest';
import { awsFunctions } from '../../src/io/registry/aws-functions.js';
import { awsObjects } from '../../src/io/registry/aws-objects.js';
import { bench } from './bench.js';
import { fleet, functionName } from './fleet.js';
import { makeFunction } from './functions.js';
import { releasing, scene } from './scene.js';
import { awsAt } from './world.js';

const emulators = { moto: bench('moto'), ministack: bench('ministack') };
const { ministack } = emulators;
const writes = /^(Put|Publish|Update|Invoke)/;
const written = () => ministack.proxy.log.filter(({ name }) => writes.test(name)).map(({ name }) => name);
const answer = (document: object) => ({ kind: 'body', status: 200, body: JSON.stringify(document) }) as const;
const account = (used: number, limit: number) =>
  answer({ AccountLimit: { TotalCodeSize: limit }, AccountUsage: { TotalCodeSize: used } });

it('an account with no room for the code, counted unpacked, is told before the first write', async () => {
  const world = await scene(ministack.emulator, ministack.proxy);
  const { plan } = JSON.parse((await world.run(...releasing, '--dry-run')).stdout);
  const publish = plan.steps.find(({ kind }: { kind: string }) => kind === 'publish-version');
  expect(publish.unzipped).toBeGreaterThan(publish.request.size);
  // Room for the zip, and not for what is in it.
  const fault = account(1_000_000_000, 1_000_000_000 + publish.request.size);
  ministack.proxy.fault({ on: 'GetAccountSettings', fault, times: 9 });
  ministack.proxy.log.length = 0;
  const ran = await world.release();
  expect([ran.code, ran.failure]).toEqual([4, 'code-storage-full']);
  expect(ran.stdout).toContain('layer-policy gc --env dev');
  expect(written()).toEqual([]);
});

it('an account with room is asked once, and one that does not say is believed', async () => {
  const world = await scene(ministack.emulator, ministack.proxy);
  expect((await world.release()).code).toBe(0);
  expect(ministack.proxy.count('GetAccountSettings')).toBe(1);
  ministack.proxy.log.length = 0;
  expect((await world.release()).code).toBe(0);
  expect(ministack.proxy.count('GetAccountSettings')).toBe(0);
});

it.each([
  ['may not ask', { kind: 'status', status: 403, code: 'AccessDeniedException' }],
  ['is told nothing', answer({})],
] as const)('who %s about the room releases all the same', async (_, fault) => {
  const world = await scene(ministack.emulator, ministack.proxy);
  ministack.proxy.fault({ on: 'GetAccountSettings', fault, times: 9 });
  const ran = await world.release();
  expect([ran.code, ran.failure], ran.stderr).toEqual([0, null]);
});

it.each([
  'moto',
  'ministack',
] as const)('over %s a function without a signing configuration takes what is not signed', async (name) => {
  const { emulator, proxy, registry } = emulators[name];
  await registry();
  await makeFunction(await awsAt(emulator.url), 'digest', 'def handler(event, context):\n    return event\n');
  const aws = await awsAt(proxy.url);
  await awsFunctions(aws, awsObjects(aws)).prove('digest');
  expect([proxy.count('GetFunctionCodeSigningConfig'), proxy.count('GetCodeSigningConfig')]).toEqual([1, 0]);
  await awsFunctions(aws, awsObjects(aws)).prove('nothing');
  await (await registry()).prove(1);
});

const config = 'arn:aws:lambda:eu-west-3:123456789012:code-signing-config:csc-0123456789abcdef0';
const signing = (how: string) =>
  answer({
    CodeSigningConfig: { CodeSigningConfigArn: config, CodeSigningPolicies: { UntrustedArtifactOnDeployment: how } },
  });

it('a function that takes signed code only is told before the first write; one that only warns is changed', async () => {
  const world = await fleet(ministack.emulator, ministack.proxy);
  const put = await fetch(`${ministack.emulator.url}/2020-06-30/functions/${functionName('dev')}/code-signing-config`, {
    method: 'PUT',
    headers: {
      authorization:
        'AWS4-HMAC-SHA256 Credential=123456789012/20260101/eu-west-3/lambda/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify({ CodeSigningConfigArn: config }),
  });
  expect(put.status).toBe(200);
  ministack.proxy.log.length = 0;
  ministack.proxy.fault({ on: 'GetCodeSigningConfig', fault: signing('Enforce') });
  const ran = await world.run('release', '--env', 'dev', '--yes');
  expect([ran.code, ran.failure], ran.stderr).toEqual([4, 'function-signed']);
  expect(JSON.parse(ran.stdout).error.message).toContain(config);
  expect(written()).toEqual([]);
  ministack.proxy.fault({ on: 'GetCodeSigningConfig', fault: signing('Warn') });
  const warned = await world.run('release', '--env', 'dev', '--yes');
  expect([warned.code, warned.failure], warned.stderr).toEqual([0, null]);
});
