import { expect, it } from 'vitest';
import { awsFunctions } from '../../src/io/registry/aws-functions.js';
import { awsObjects } from '../../src/io/registry/aws-objects.js';
import { bench } from './bench.js';
import { makeFunction, makeLayer } from './functions.js';
import { scene } from './scene.js';

const ministack = bench('ministack');
const functionName = 'inbox-normalize-score-dev';

it('a layer and a function go out together: code and layer by revision, tried with a real Python, recorded', async () => {
  const { repo, aws, run } = await scene(ministack.emulator, ministack.proxy);
  const policy = JSON.parse(repo.read('.layerpolicyrc.json'));
  delete policy.functions.ingest;
  repo.commit('one function', { '.layerpolicyrc.json': `${JSON.stringify(policy, null, 2)}\n` });
  repo.git('push', '-q', 'origin', 'HEAD:refs/heads/one-function');
  await makeFunction(aws, functionName, 'def handler(event, context):\n    return {}\n', 'handler.handler');
  const functions = awsFunctions(aws, awsObjects(aws));
  const foreign = await makeLayer(aws, 'foreign');
  await functions.setLayers(functionName, [foreign], (await functions.settled(functionName)).revision);
  await functions.settled(functionName);

  const release = () => run('release', 'inbox-core', 'normalize-score', '--env', 'dev', '--yes');
  const ran = await release();
  expect([ran.code, ran.failure], ran.stderr).toEqual([0, null]);
  const { layers } = await functions.settled(functionName);
  expect(layers).toEqual([foreign, expect.stringMatching(/:layer:inbox-core-dev:1$/)]);
  expect(ministack.proxy.count('UpdateFunctionCode')).toBe(1);
  expect(ministack.proxy.count('UpdateFunctionConfiguration')).toBe(1);
  expect(ministack.proxy.count('Invoke')).toBeGreaterThan(0);

  ministack.proxy.log.length = 0;
  expect((await release()).code).toBe(0);
  const writes = /^(Put|Publish|Update|Invoke|Delete)/;
  expect(ministack.proxy.log.filter(({ name }) => writes.test(name))).toEqual([]);
});
