import { mkdirSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { cliPath } from '../../kit/cli.js';
import { tempFolder } from '../../kit/temp.js';
import { bench } from '../bench.js';
import { gate } from '../proxy/faults.js';
import { releasing, scene } from '../scene.js';

const moto = bench('moto');
const NODE_OPTIONS = `--require ${resolve('test/kit/other-clock.cjs')}`;

it.each([
  '10',
  '-10',
])('row 41: with a clock that is %s minutes off, all is signed by the clock of AWS', async (minutes) => {
  const world = await scene(moto.emulator, moto.proxy);
  moto.proxy.strict.clock = true;
  const ran = await world.with({ NODE_OPTIONS, CLOCK_AHEAD: minutes }).release();
  expect([ran.code, ran.failure], ran.stderr).toEqual([0, null]);
  expect(ran.stderr).toMatch(/clock of this machine is 10 minutes (ahead|behind)/);
  // The first question tells the time, and nothing is asked twice afterwards.
  const refused = moto.proxy.log.filter(({ status }) => status === 403).map(({ name }) => name);
  expect(refused).toEqual(['GetCallerIdentity']);
  expect([await world.published(), moto.proxy.count('PublishLayerVersion')]).toEqual([1, 1]);
});

/** Ours, allowed to write files of so many bytes: what a full disk, or a quota, does. */
function narrow(bytes: number): string {
  const script = join(tempFolder('narrow'), 'narrow.cjs');
  const shell = `['-c', 'ulimit -f ${bytes / 512}; exec "$@"', 'sh', process.execPath, ...process.argv.slice(2)]`;
  const run = `require('node:child_process').spawnSync('sh', ${shell}, { stdio: 'inherit' })`;
  writeFileSync(script, `process.argv.splice(2, 0, ${JSON.stringify(cliPath())});\nprocess.exit(${run}.status);\n`);
  return script;
}

it.skipIf(process.platform === 'win32')('row 42: without room for the journal nothing is begun', async () => {
  const world = await scene(moto.emulator, moto.proxy);
  const ran = await world.by(narrow(512)).release();
  expect([ran.code, ran.failure], ran.stderr).toEqual([4, 'file-system']);
  expect(ran.stdout).toContain('layer-policy/journal.jsonl');
  expect([await world.published(), moto.proxy.count('PublishLayerVersion'), world.repo.git('tag')]).toEqual([0, 0, '']);
  // The lease, taken and given back.
  const put = moto.proxy.log.filter(({ name }) => name === 'PutObject').map(({ parts }) => parts[1]);
  expect(put).toEqual(['locks/dev.json', 'locks/dev.json']);
  expect((await world.release()).code).toBe(0);
  expect(await world.published()).toBe(1);
});

it.each(['kept', 'lost'])('row 42: a journal that cannot be gone on with after a publish, and is %s', async (end) => {
  const world = await scene(moto.emulator, moto.proxy);
  const held = gate();
  moto.proxy.fault({ on: 'PublishLayerVersion', fault: { kind: 'barrier-after', gate: held } });
  const { ended } = world.begin(...releasing, '--json');
  await held.reached;
  const journal = join(world.repo.dir, '.git/layer-policy/journal.jsonl');
  renameSync(journal, `${journal}.kept`);
  mkdirSync(journal);
  held.open();
  const ran = await ended;
  expect([ran.code, ran.failure], ran.stderr).toEqual([4, 'file-system']);
  expect([await world.published(), world.recorded()]).toEqual([1, null]);
  rmdirSync(journal);
  if (end === 'kept') renameSync(`${journal}.kept`, journal);
  const again = end === 'kept' ? await world.run('resume') : await world.release();
  expect(again.code, again.stderr).toBe(0);
  expect([await world.published(), moto.proxy.count('PublishLayerVersion')]).toEqual([1, 1]);
  expect(world.recorded()?.arn).toMatch(/:layer:inbox-core-dev:1$/);
});
