import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { files } from '../../../src/io/files.js';
import { realPython } from '../../../src/io/python/index.js';
import { localRegistry } from '../../../src/io/registry/local.js';
import { localFunctions } from '../../../src/io/registry/local-functions.js';
import { pythonPath, runtime } from '../../kit/python.js';
import { tempFolder } from '../../kit/temp.js';
import { forge } from '../zip/forge.js';
import { codeOf } from './contract.js';

const python = realPython({ vars: { PATH: pythonPath() }, atExit: () => {} });
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const text = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));
const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
const fresh = { handler: 'handler.handler', runtime, architectures: ['x86_64'] };

async function world(handler: string) {
  const root = tempFolder('functions');
  const open = () => localFunctions(root, files, 'local', python);
  const registry = await localRegistry(root, files, 'local', () => 0);
  const functions = await open();
  const code = async (source: string, version = '1.0.0') => {
    const bytes = forge([{ name: 'handler.py', data: source }]);
    const key = `functions/ingest-${version}.zip`;
    await registry.put(key, bytes, sha256(bytes));
    return { key, sha256: sha256(bytes) };
  };
  const layer = async (layerName: string, parts: Record<string, string>) => {
    const bytes = forge(Object.entries(parts).map(([name, data]) => ({ name, data })));
    const key = `layers/${layerName}-1.0.${sha256(bytes).length}.zip`;
    await registry.put(key, bytes, sha256(bytes));
    const asked = { layerName, key, sha256: sha256(bytes), size: bytes.length, description: '' };
    return (await registry.publish({ ...asked, runtimes: [runtime], architectures: [] })).arn;
  };
  await functions.setCode('ingest', await code(handler), null, fresh);
  return {
    root,
    functions,
    code,
    layer,
    open,
    call: async (event: unknown = {}) => functions.invoke('ingest', json(event)),
  };
}

const foreign = 'arn:aws:lambda:eu-west-3:999999999999:layer:monitoring:7';

describe('a function of a folder environment', () => {
  it('is made by its first code, and is at a new revision after every change', async () => {
    const { functions, code, layer } = await world('def handler(event, context): return 1\n');
    const first = await functions.settled('ingest');
    expect(first).toMatchObject({ runtime, layers: [], revision: '1', status: 'ready' });
    const arn = await layer('core-local', { 'python/core.py': 'x = 1\n' });
    await functions.setLayers('ingest', [foreign, arn], '1');
    expect((await functions.get('ingest'))?.layers).toEqual([foreign, arn]);
    const other = await code('def handler(event, context): return 2\n', '1.0.1');
    await functions.setCode('ingest', other, '2', fresh);
    expect(await functions.get('ingest')).toMatchObject({
      codeSha256: other.sha256,
      layers: [foreign, arn],
      revision: '3',
    });
    expect(await functions.references()).toEqual([foreign, arn].map((one) => ({ arn: one, by: 'function ingest' })));
    expect(await functions.configuration('ingest')).toMatchObject({
      handler: 'handler.handler',
      layers: [foreign, arn],
    });
    expect(await functions.get('other')).toBeNull();
  });

  it('is not changed by whoever read it before another change', async () => {
    const { functions, open, code } = await world('def handler(event, context): return 1\n');
    await (await open()).setLayers('ingest', [foreign], '1');
    const next = await code('x = 1\n', '1.0.1');
    expect(await codeOf(functions.setLayers('ingest', [], '1'))).toBe('function-changed');
    expect(await codeOf(functions.setCode('ingest', next, '1', fresh))).toBe('function-changed');
    expect(await codeOf(functions.setCode('ingest', next, null, fresh))).toBe('function-changed');
    const both = [functions, await open()].map((one) => one.setLayers('ingest', [], '2'));
    const ends = await Promise.allSettled(both);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('takes only what Lambda takes', async () => {
    const { functions, layer } = await world('def handler(event, context): return 1\n');
    const arn = await layer('core-local', { 'python/core.py': '' });
    const six = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => foreign.replace('monitoring', name));
    for (const layers of [six, [arn, arn.replace(/1$/, '2')], [arn.replace(/1$/, '9')]]) {
      expect(await codeOf(functions.setLayers('ingest', layers, '1'))).toBe('function-refused');
    }
    for (const name of ['../up', 'a b', '']) expect(await codeOf(functions.get(name))).toBe('function-refused');
    const absent = { key: 'functions/ingest-9.0.0.zip', sha256: '0'.repeat(64) };
    expect(await codeOf(functions.setCode('ingest', absent, '1', fresh))).toBe('object-absent');
    expect(await codeOf(functions.setLayers('other', [], '1'))).toBe('function-absent');
    expect(await codeOf(functions.invoke('other', json({})))).toBe('function-absent');
    expect(await codeOf(functions.settled('other'))).toBe('function-absent');
  });

  it('damaged on disk, is said to be', async () => {
    const { root, functions } = await world('x = 1\n');
    const file = join(root, '.build/registry/local/functions/ingest/1.json');
    const whole = readFileSync(file, 'utf8');
    for (const spoilt of [
      '{',
      '[]',
      whole.replace('"ingest"', '"other"'),
      whole.replace('"layers": []', '"layers": [1]'),
    ]) {
      writeFileSync(file, spoilt);
      expect(await codeOf(functions.get('ingest'))).toBe('registry-invalid');
    }
    mkdirSync(join(root, '.build/registry/local/functions/empty'));
    expect(await functions.get('empty')).toBeNull();
  });
});

describe('a call of it', () => {
  it('runs the handler with its layers where Lambda has them, the later ones over the earlier', async () => {
    const source =
      'import a, b, sys\ndef handler(event, context):\n  print("seen")\n  return [a.x, b.x, event, context.function_name]\n';
    const { functions, layer, call } = await world(source);
    const site = `python/lib/${runtime}/site-packages`;
    const one = await layer('one', {
      'python/a.py': 'x = "python"\n',
      [`${site}/a.py`]: 'x = "site"\n',
      'python/b.py': 'x = 1\n',
    });
    const two = await layer('two', { 'python/b.py': 'x = 2\n', 'python/handler.py': '1/0\n' });
    await functions.setLayers('ingest', [one, foreign, two], '1');
    const answer = await call({ é: [1, null] });
    expect(answer).toMatchObject({ functionError: null, log: 'seen\n' });
    expect(text(answer.payload)).toEqual(['site', 2, { é: [1, null] }, 'ingest']);
    expect(answer.initMs).toBeGreaterThan(0);
    expect(answer.durationMs).toBeGreaterThan(0);
  });

  it.each([
    ['raises', 'def handler(event, context): raise ValueError("no")\n', 'ValueError', 'no'],
    [
      'imports what is not there',
      'import nowhere\n',
      'Runtime.ImportModuleError',
      "Unable to import module 'handler': No module named 'nowhere'",
    ],
    [
      'does not parse',
      'def\n',
      'Runtime.UserCodeSyntaxError',
      expect.stringContaining("Syntax error in module 'handler'"),
    ],
    ['has no such function', 'x = 1\n', 'Runtime.HandlerNotFound', "Handler 'handler' missing on module 'handler'"],
    [
      'answers with what is no JSON',
      'def handler(event, context): return {1}\n',
      'Runtime.MarshalError',
      expect.stringContaining('set'),
    ],
    [
      'leaves',
      'import sys\ndef handler(event, context): sys.exit(3)\n',
      'Runtime.ExitError',
      expect.stringContaining('3'),
    ],
    [
      'is ended',
      'import os, signal\ndef handler(event, context): os.kill(os.getpid(), signal.SIGKILL)\n',
      'Runtime.ExitError',
      expect.stringContaining('SIGKILL'),
    ],
    [
      'says its own answer',
      'import os\ndef handler(event, context):\n  os.write(1, b"[\\"answer\\", null, \\"1\\", 1]\\n")\n  raise KeyError("k")\n',
      'KeyError',
      "'k'",
    ],
  ])('that %s fails in the words of the service', async (_, source, errorType, errorMessage) => {
    const answer = await (await world(source)).call();
    expect(answer.functionError).toBe('Unhandled');
    expect(text(answer.payload)).toMatchObject({ errorType, errorMessage });
  });

  it('that takes too long is ended', async () => {
    const bytes = forge([{ name: 'handler.py', data: 'import time\ndef handler(event, context): time.sleep(60)\n' }]);
    const request = { functionName: 'slow', arn: 'arn', runtime, handler: 'handler.handler', code: bytes, layers: [] };
    const answer = await python.invoke({ ...request, event: json({}), limit: 1 });
    expect(answer).toMatchObject({ functionError: 'Unhandled', durationMs: 1000 });
    expect(text(answer?.payload ?? json(null))).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });

  it('keeps the end of a long log, and sees none of our variables', async () => {
    const source =
      'import os\ndef handler(event, context):\n  print("x" * 100000 + "end")\n  return sorted(k for k in os.environ if "SECRET" in k)\n';
    process.env.A_SECRET = 'canary';
    const answer = await (await world(source)).call();
    delete process.env.A_SECRET;
    expect(text(answer.payload)).toEqual([]);
    expect(answer.log).toHaveLength(4096);
    expect(answer.log).toMatch(/xend\n$/);
  });

  it('fails where its interpreter is not on PATH', async () => {
    const { functions, code } = await world('x = 1\n');
    await functions.setCode('old', await code('x = 1\n'), null, { ...fresh, runtime: 'python3.99' });
    expect(await codeOf(functions.invoke('old', json({})))).toBe('runtime-missing');
  });
});
