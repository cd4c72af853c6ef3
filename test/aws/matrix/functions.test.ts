import { DeleteFunctionCommand } from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import type { Aws } from '../../../src/io/aws/aws.js';
import { awsFunctions } from '../../../src/io/registry/aws-functions.js';
import { awsObjects } from '../../../src/io/registry/aws-objects.js';
import type { Functions } from '../../../src/ports.js';
import { codeOf } from '../../io/registry/contract.js';
import { bench } from '../bench.js';
import { makeFunction, makeLayer } from '../functions.js';
import { gate } from '../proxy/faults.js';
import { awsAt } from '../world.js';

const moto = bench('moto');

async function open(): Promise<{ aws: Aws; functions: Functions; one: string; two: string }> {
  await moto.registry();
  const direct = await awsAt(moto.emulator.url);
  await makeFunction(direct, 'digest', 'def handler(event, context):\n    return event\n');
  const [one, two] = [await makeLayer(direct, 'one'), await makeLayer(direct, 'two')];
  const aws = await awsAt(moto.proxy.url);
  return { aws, functions: awsFunctions(aws, awsObjects(aws)), one, two };
}

const revisionOf = async (functions: Functions) => (await functions.settled('digest')).revision;

it('row 30: while an update is under way a second one is told so, and afterwards taken', async () => {
  const { functions, one, two } = await open();
  moto.proxy.strict.window = 400;
  const revision = await revisionOf(functions);
  await functions.setLayers('digest', [one], revision);
  expect((await functions.get('digest'))?.status).toBe('updating');
  expect(await codeOf(functions.setLayers('digest', [two], revision))).toBe('function-busy');
  await functions.setLayers('digest', [two], await revisionOf(functions));
  expect((await functions.settled('digest')).layers).toEqual([two]);
});

it('row 31: a function that somebody changed in between is left as it is', async () => {
  const { functions, one } = await open();
  const revision = await revisionOf(functions);
  moto.proxy.strict.touch('digest');
  expect(await codeOf(functions.setLayers('digest', [one], revision))).toBe('function-changed');
  expect((await functions.settled('digest')).layers).toEqual([]);
});

it('row 31: the revision of an update under way is not the one it ends with', async () => {
  const { functions, one, two } = await open();
  moto.proxy.strict.window = 300;
  await functions.setLayers('digest', [one], await revisionOf(functions));
  const during = (await functions.get('digest'))?.revision ?? '';
  await functions.settled('digest');
  expect(await codeOf(functions.setLayers('digest', [two], during))).toBe('function-changed');
});

it('row 32: an update that fails is told with its reason', async () => {
  const { functions, one } = await open();
  const revision = await revisionOf(functions);
  moto.proxy.strict.failNext('digest', 'The layer cannot be unpacked');
  await functions.setLayers('digest', [one], revision);
  const error = await functions.settled('digest').catch((reason) => reason);
  expect([error.code, error.message]).toEqual(['function-failed', expect.stringContaining('cannot be unpacked')]);
});

it('row 33: an update that never ends is waited for until the deadline and no longer', async () => {
  const { functions, one } = await open();
  const revision = await revisionOf(functions);
  moto.proxy.strict.window = 3_600_000;
  await functions.setLayers('digest', [one], revision);
  expect(await codeOf(functions.settled('digest'))).toBe('function-unsettled');
});

it('row 33: a function that goes, or may not be read, while it is waited for ends the wait at once', async () => {
  const { aws, functions, one } = await open();
  const revision = await revisionOf(functions);
  moto.proxy.strict.window = 3_600_000;
  await functions.setLayers('digest', [one], revision);
  const denied = { kind: 'status', status: 403, code: 'AccessDeniedException' } as const;
  moto.proxy.fault({ on: 'GetFunctionConfiguration', fault: denied, skip: 1 });
  expect(await codeOf(functions.settled('digest'))).toBe('aws-denied');
  const held = gate();
  moto.proxy.fault({ on: 'GetFunctionConfiguration', skip: 1, fault: { kind: 'barrier-before', gate: held } });
  const ended = codeOf(functions.settled('digest'));
  await held.reached;
  await aws.clients.lambda.write.send(new DeleteFunctionCommand({ FunctionName: 'digest' }));
  held.open();
  expect(await ended).toBe('function-absent');
});

it.each([
  [
    'six layers',
    (arn: string) => ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => arn.replace(':one:', `:${name}:`)),
    'more than 5',
  ],
  ['two versions of one layer', (arn: string) => [arn, arn.replace(/\d+$/, '2')], 'Two different versions'],
])('row 36: %s are refused in the words of AWS', async (_, layers, words) => {
  const { functions, one } = await open();
  const error = await functions.setLayers('digest', layers(one), await revisionOf(functions)).catch((reason) => reason);
  expect([error.code, error.message]).toEqual(['function-refused', expect.stringContaining(words)]);
});

it('the answer to an update is lost: the function itself tells whether it was made', async () => {
  const { functions, one, two } = await open();
  moto.proxy.fault({ on: 'UpdateFunctionConfiguration', fault: { kind: 'drop-after' } });
  await functions.setLayers('digest', [one], await revisionOf(functions));
  expect((await functions.settled('digest')).layers).toEqual([one]);
  moto.proxy.fault({ on: 'UpdateFunctionConfiguration', fault: { kind: 'drop-before' } });
  expect(await codeOf(functions.setLayers('digest', [two], await revisionOf(functions)))).toBe('answer-unknown');
});

it('row 37: a call that is throttled is made again, one whose answer is lost is not', async () => {
  const { functions } = await open();
  const event = new TextEncoder().encode('{}');
  const slower = { kind: 'status', status: 429, code: 'TooManyRequestsException' } as const;
  moto.proxy.fault({ on: 'Invoke', fault: slower });
  expect((await functions.invoke('digest', event)).functionError).toBeNull();
  expect(moto.proxy.count('Invoke')).toBe(2);
  moto.proxy.fault({ on: 'Invoke', fault: { kind: 'drop-after' } });
  expect(await codeOf(functions.invoke('digest', event))).toBe('answer-unknown');
  expect(moto.proxy.count('Invoke')).toBe(3);
});
