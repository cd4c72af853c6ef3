import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { awsRegistry } from '../../src/io/registry/aws.js';
import { awsFunctions } from '../../src/io/registry/aws-functions.js';
import { awsObjects } from '../../src/io/registry/aws-objects.js';
import { codeOf } from '../io/registry/contract.js';
import { type Emulator, type EmulatorName, startEmulator } from '../kit/emulators/start.js';
import { makeFunction, makeLayer, zipOf } from './functions.js';
import { emptyWorld } from './world.js';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const event = new TextEncoder().encode('{"n":1}');

describe.each(['moto', 'ministack'] as EmulatorName[])('functions over %s', (name) => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator(name);
  }, 300_000);
  afterAll(() => emulator?.stop());

  async function world() {
    const aws = await emptyWorld(emulator);
    await makeFunction(aws, 'digest', 'def handler(event, context):\n    import greet\n    return greet.said(event)\n');
    return {
      aws,
      functions: awsFunctions(aws, awsObjects(aws)),
      layer: await makeLayer(aws, 'greet', 'def said(event):\n    return {"said": event["n"]}\n'),
    };
  }

  it('one that is not there is null, or a failure with its name', async () => {
    const { functions } = await world();
    expect(await functions.get('nothing')).toBeNull();
    expect(await codeOf(functions.setLayers('nothing', [], ''))).toBe('function-absent');
    expect(await codeOf(functions.settled('nothing'))).toBe('function-absent');
    expect(await codeOf(functions.configuration('nothing'))).toBe('function-absent');
    expect(await codeOf(functions.setCode('nothing', { key: 'x', sha256: 'x' }, null, fresh))).toBe('function-absent');
    // moto answers whoever calls what is not there.
    if (name === 'ministack') expect(await codeOf(functions.invoke('nothing', event))).toBe('function-absent');
  });

  it('takes a layer list, shows it when it has settled, and names it among the references', async () => {
    const { functions, layer } = await world();
    const before = await functions.settled('digest');
    expect(before).toMatchObject({ functionName: 'digest', runtime: 'python3.11', layers: [], status: 'ready' });
    await functions.setLayers('digest', [layer], before.revision);
    expect((await functions.settled('digest')).layers).toEqual([layer]);
    expect(await functions.references()).toEqual([{ arn: layer, by: 'function digest' }]);
  });

  it('takes code by digest, and no other bytes', async () => {
    const { aws, functions } = await world();
    const code = await zipOf({ 'main.py': 'def handler(event, context):\n    return {"two": event["n"] + 1}\n' });
    const object = { key: 'functions/digest-2.0.0.zip', sha256: sha256(code) };
    const { revision } = await functions.settled('digest');
    expect(await codeOf(functions.setCode('digest', object, revision, fresh))).toBe('object-absent');
    await awsRegistry(aws).put(object.key, code, object.sha256);
    expect(await codeOf(functions.setCode('digest', { ...object, sha256: 'f'.repeat(64) }, revision, fresh))).toBe(
      'object-conflict',
    );
    await functions.setCode('digest', object, revision, fresh);
    expect((await functions.settled('digest')).codeSha256).toBe(object.sha256);
  });

  it('a layer version that is not there is refused by name', async () => {
    const { functions, layer } = await world();
    const { revision } = await functions.settled('digest');
    expect(await codeOf(functions.setLayers('digest', [layer.replace(/\d+$/, '99')], revision))).toBe(
      'function-refused',
    );
  });

  it('its configuration tells names of variables and no values', async () => {
    const { functions } = await world();
    const told = await functions.configuration('digest');
    expect(told).toMatchObject({ FunctionName: 'digest', EnvironmentVariables: ['TOKEN'], MemorySize: 128 });
    expect(JSON.stringify(told)).not.toContain('canary-variable');
  });

  // moto runs no code: it gives back what it was sent.
  if (name === 'ministack')
    it('runs with its layers, and says when it raises', async () => {
      const { functions, layer } = await world();
      const without = await functions.invoke('digest', event);
      expect(without.functionError).toBe('Unhandled');
      expect(new TextDecoder().decode(without.payload)).toContain("No module named 'greet'");
      await functions.setLayers('digest', [layer], (await functions.settled('digest')).revision);
      await functions.settled('digest');
      const answer = await functions.invoke('digest', event);
      expect([answer.functionError, new TextDecoder().decode(answer.payload).replaceAll(' ', '')]).toEqual([
        null,
        '{"said":1}',
      ]);
    });
});

const fresh = { handler: 'main.handler', runtime: 'python3.11', architectures: ['x86_64'] };
