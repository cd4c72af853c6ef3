import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeEach, expect, it } from 'vitest';
import { withCli } from '../kit/cli.js';
import { packageIndex } from '../kit/package-index.js';
import { repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { makeWheel } from '../kit/wheel.js';
import { bench } from './bench.js';
import { type Scene, sceneOf } from './scene.js';
import { awsVars, bucket, emptyWorld, target } from './world.js';

const emulators = { moto: bench('moto'), ministack: bench('ministack') };
const index = await packageIndex(
  await Promise.all([makeWheel({ name: 'plain', version: '1.0' }), makeWheel({ name: 'other', version: '1.0' })]),
);

const folder = tempFolder('keys');
const pair = (name: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(folder, `${name}.pem`), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(join(folder, `${name}.pub.pem`), publicKey.export({ type: 'spki', format: 'pem' }));
  return { sign: ['--sign', join(folder, `${name}.pem`)], signedBy: ['--signed-by', join(folder, `${name}.pub.pem`)] };
};
const ours = pair('ours');
const theirs = pair('theirs');
const releasing = ['release', '--env', 'dev', '--no-attach', '--yes'];
const zip = 'layers/deps-1.0.0.zip';

/** A clone with a layer of packages, as a runner of CI has it: nothing was ever built there. */
function runner(emulator: { url: string }, aws: Scene['aws'], requirements = 'plain==1.0\n'): Scene {
  const { name: _, ...dev } = target;
  const layer = { build: 'requirements', source: 'requirements.txt', versionKey: 'DEPS', layerName: 'deps-{env}' };
  const made = withCli(repo()).commit('init', {
    '.layerpolicyrc.json': JSON.stringify({ layers: { deps: layer }, environments: { dev } }),
    '.gitignore': '/.build/*\n!/.build/README.md\n!/layer_management/archive/\n!/layer_management/archive/**\n',
    'requirements.txt': requirements,
    VERSION: 'DEPS=1.0.0\n',
  });
  made.git('init', '-q', '--bare', `${made.dir}.git`);
  made.git('remote', 'add', 'origin', `${made.dir}.git`);
  made.git('push', '-q', 'origin', 'HEAD');
  return sceneOf(made, aws, awsVars(emulator.url, { LAYER_POLICY_INDEX_URL: index.url }));
}

const done = async (scene: Scene, ...args: string[]) => {
  const ran = await scene.run(...releasing, ...args);
  expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  return JSON.parse(ran.stdout);
};
const inputsOf = (document: { steps: { kind: string; text: string }[] }) =>
  /inputs\/[0-9a-f]{64}\.json/.exec(document.steps.find(({ kind }) => kind === 'put-provenance')?.text ?? '')?.[0] ??
  '';

beforeEach(() => {
  index.asked.length = 0;
});

it.each(['moto', 'ministack'] as const)('over %s, of many runners one builds, and the others find it', async (name) => {
  const { emulator } = emulators[name];
  const aws = await emptyWorld(emulator);
  const first = await done(runner(emulator, aws), ...ours.sign, ...ours.signedBy);
  expect(first.notices).toEqual([]);
  expect(index.asked.length).toBeGreaterThan(0);
  for (let more = 0; more < 2; more++) {
    index.asked.length = 0;
    const { released, notices, steps } = await done(runner(emulator, aws), ...ours.sign, ...ours.signedBy);
    // Nobody was asked for a package, and nothing but the record of this clone was made.
    expect(index.asked).toEqual([]);
    expect(notices).toEqual(['deps 1.0.0 is taken from dev: built and signed before.']);
    expect([released[0].sha256, released[0].arn]).toEqual([first.released[0].sha256, first.released[0].arn]);
    const made = steps
      .filter(({ state }: { state: string }) => state === 'done')
      .map(({ kind }: { kind: string }) => kind);
    expect(made).toEqual(['write-build', 'record', 'tag']);
  }
});

const put = (aws: Scene['aws'], Key: string, Body: string | Uint8Array) =>
  aws.clients.s3.write.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
const get = async (aws: Scene['aws'], key: string) => {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const found = await aws.clients.s3.read.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return (await found.Body?.transformToByteArray()) ?? new Uint8Array();
};

it('a key that cannot be read is found out before anything is written', async () => {
  const { emulator } = emulators.moto;
  const aws = await emptyWorld(emulator);
  const ran = await runner(emulator, aws).run(...releasing, '--sign', join(folder, 'none.pem'));
  expect([ran.code, ran.failure]).toEqual([2, 'key-unreadable']);
  await expect(get(aws, zip)).rejects.toThrow();
});

/** What somebody makes of the bucket; why it is not believed. */
const hostile: [does: string, say: string, spoil: (aws: Scene['aws'], inputs: string) => Promise<unknown>][] = [
  [
    'signs himself',
    'is not signed by',
    async (aws, inputs) => {
      const other = await emptyRun(theirs.sign);
      await put(aws, inputs, other.envelope);
    },
  ],
  ['puts nonsense in its place', 'is no signed provenance', (aws, inputs) => put(aws, inputs, '{"payload": 1}')],
  [
    'puts two megabytes in its place',
    'is no signed provenance',
    (aws, inputs) => put(aws, inputs, ' '.repeat(2 ** 21)),
  ],
  [
    'changes a word that is signed',
    'is not signed by',
    async (aws, inputs) => {
      const said = JSON.parse(new TextDecoder().decode(await get(aws, inputs)));
      const text = Buffer.from(said.payload, 'base64').toString().replace('"size": ', '"size": 1');
      await put(aws, inputs, JSON.stringify({ ...said, payload: Buffer.from(text).toString('base64') }));
    },
  ],
];

/** The signed provenance of the very same build in another world. */
let kept: { envelope: Uint8Array } | undefined;
async function emptyRun(sign: string[]): Promise<{ envelope: Uint8Array }> {
  if (kept !== undefined) return kept;
  const { emulator } = emulators.ministack;
  const aws = await emptyWorld(emulator);
  const document = await done(runner(emulator, aws), ...sign);
  kept = { envelope: await get(aws, inputsOf(document)) };
  return kept;
}

it.each(hostile)('whoever has the bucket and %s is not believed: it is built', async (_, say, spoil) => {
  const { emulator } = emulators.moto;
  const aws = await emptyWorld(emulator);
  const first = await done(runner(emulator, aws), ...ours.sign);
  await spoil(aws, inputsOf(first));
  index.asked.length = 0;
  const again = await done(runner(emulator, aws), ...ours.signedBy);
  expect(again.notices.join()).toContain(say);
  expect(index.asked.length).toBeGreaterThan(0);
  expect(again.released[0].sha256).toBe(first.released[0].sha256);
});

it('other bytes under the key of the zip are refused, whatever is signed', async () => {
  const { emulator } = emulators.moto;
  const aws = await emptyWorld(emulator);
  await done(runner(emulator, aws), ...ours.sign);
  await put(aws, zip, 'not what was built');
  const ran = await runner(emulator, aws).run(...releasing, ...ours.signedBy);
  expect([ran.code, ran.failure]).toEqual([3, 'object-conflict']);
});

it('what is truly signed, but for other inputs, is not believed under this key', async () => {
  const { emulator } = emulators.moto;
  const aws = await emptyWorld(emulator);
  const other = await done(runner(emulator, aws, 'other==1.0\n'), ...ours.sign);
  const envelope = await get(aws, inputsOf(other));
  const bytes = await get(aws, zip);
  const fresh = await emptyWorld(emulator);
  const first = await done(runner(emulator, fresh), ...ours.sign);
  const place = inputsOf(first);
  expect(place).not.toBe(inputsOf(other));
  await fresh.clients.s3.write.send(new DeleteObjectCommand({ Bucket: bucket, Key: zip }));
  await put(fresh, place, envelope);
  await put(fresh, zip, bytes);
  const ran = await runner(emulator, fresh).run(...releasing, ...ours.signedBy);
  expect([ran.code, ran.failure], ran.stdout).toEqual([3, 'object-conflict']);
  expect(index.asked.length).toBeGreaterThan(0);
});
