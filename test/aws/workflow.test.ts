import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bench } from './bench.js';
import { type Fleet, fleet, functionName, later, type Place, places } from './fleet.js';
import { makeLayer } from './functions.js';
import { archived, heldAt } from './held.js';
import type { Ran, Scene } from './scene.js';

const ministack = bench('ministack');
const digestOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** It has to end well; its document. */
async function done(world: Scene, ...args: string[]) {
  const ran: Ran = await world.run(...args);
  expect(ran.code, `${args.join(' ')}\n${ran.stdout}\n${ran.stderr}`).toBe(0);
  return JSON.parse(ran.stdout);
}

const manifest = ({ repo }: Fleet, name: string) =>
  JSON.parse(repo.git('show', `HEAD:layer_management/active/${name}/manifest.json`));

/** Months of the archive at HEAD: their files and digests. */
function inArchive({ repo }: Fleet): Record<string, string> {
  const folder = 'layer_management/archive';
  const paths = repo.git('ls-tree', '-r', '--name-only', 'HEAD', `${folder}/`).split('\n');
  const files = paths.map((path) => path.slice(folder.length + 1)).filter((file) => file.includes('/'));
  return Object.fromEntries(files.map((file) => [file, digestOf(join(repo.dir, folder, file))]));
}

const says = async (world: Fleet, place: Place) =>
  (await done(world, 'invoke', 'normalize-score', '--env', place)).calls[0].payload.editions;

it('bump, commit, build, release to dev, invoke, promote to stage, invoke, roll stage back, archive: every effect', async () => {
  const world = await fleet(ministack.emulator, ministack.proxy);
  const { repo, at } = world;
  const names = ['inbox-core', 'normalize-score'];
  const month = new Date().toISOString().slice(0, 7);

  // What runs before: edition one, everywhere.
  await done(world, 'release', '--env', 'dev', '--yes');
  repo.git('push', '-q', 'origin', 'develop');
  await done(world, 'promote', '--from', 'dev', '--to', 'stage', '--yes');
  expect([await says(world, 'dev'), await says(world, 'stage')]).toEqual([
    ['one', 'one'],
    ['one', 'one'],
  ]);
  const first = await heldAt(at.stage);
  expect(first.running.rescore?.slice(2)).toEqual(['audit:1', 'inbox-core-stage:1']);
  // Somebody adds a layer of theirs after ours.
  for (const place of ['dev', 'stage'] as const) {
    const { aws, functions } = at[place];
    const { layers, revision } = await functions.settled(functionName(place));
    await functions.setLayers(functionName(place), [...layers, await makeLayer(aws, 'tracing')], revision);
    await functions.settled(functionName(place));
  }

  for (const name of names) expect((await done(world, 'bump', name, 'minor')).to).toBe('1.1.0');
  world.raise('two', '1.1.0');
  const source = repo.git('rev-parse', 'HEAD');
  await done(world, 'build', ...names);
  const zips = ['layers/inbox-core-1.1.0.zip', 'functions/normalize-score-1.1.0.zip'];
  const digests = zips.map((key) => digestOf(join(repo.dir, '.build', key)));
  const unraised = first.running.rescore?.[1] ?? '';

  ministack.proxy.log.length = 0;
  await done(world, 'release', '--env', 'dev', '--yes');
  const asked = ['PublishLayerVersion', 'UpdateFunctionCode', 'UpdateFunctionConfiguration', 'Invoke'];
  expect(asked.map((one) => ministack.proxy.count(one))).toEqual([1, 1, 2, 2]);
  const described = `inbox-core 1.1.0 git:${source.slice(0, 12)} sha256:${digests[0]?.slice(0, 16)} lp1 ${digests[0]}`;
  const released = {
    objects: expect.arrayContaining(zips.map((key, i) => `${key} ${digests[i]}`)),
    versions: [`2 ${described}`, expect.stringMatching(/^1 inbox-core 1\.0\.0 /)],
    running: {
      'normalize-score': ['ready', digests[1], 'audit:1', 'inbox-core-dev:2', 'tracing:1'],
      rescore: ['ready', unraised, 'audit:1', 'inbox-core-dev:2'],
    },
    behind: {},
  };
  expect(await heldAt(at.dev)).toEqual(released);
  expect(await says(world, 'dev')).toEqual(['two', 'two']);
  expect(repo.git('log', '-1', '--format=%s %P')).toBe(
    `release: inbox-core 1.1.0, normalize-score 1.1.0 (dev) ${source}`,
  );
  for (const [i, name] of names.entries()) {
    const { version, sha256, git_sha, environments } = manifest(world, name);
    expect([version, sha256, git_sha]).toEqual(['1.1.0', digests[i], source]);
    expect(environments.dev).toMatchObject({ version: '1.1.0', sha256: digests[i], previous: { version: '1.0.0' } });
    expect(environments.stage.version).toBe('1.0.0');
    expect(repo.git('rev-parse', `${name}-v1.1.0^{commit}`)).toBe(source);
    expect(repo.git('cat-file', '-t', `${name}-v1.1.0`)).toBe('tag');
  }
  const old = inArchive(world);
  const superseded = ['inbox-core-1.0.0.zip', 'manifest.json', 'normalize-score-1.0.0.zip'];
  expect(Object.keys(old)).toEqual(superseded.map((file) => `${month}/${file}`));
  expect(repo.git('status', '--porcelain')).toBe('');

  repo.git('push', '-q', 'origin', 'develop');
  ministack.proxy.log.length = 0;
  await done(world, 'promote', '--from', 'dev', '--to', 'stage', '--yes');
  expect(ministack.proxy.count('PublishLayerVersion')).toBe(1);
  expect(await heldAt(at.stage)).toEqual({
    ...released,
    running: {
      'normalize-score': ['ready', digests[1], 'audit:1', 'inbox-core-stage:2', 'tracing:1'],
      rescore: ['ready', unraised, 'audit:1', 'inbox-core-stage:2'],
    },
  });
  expect(await says(world, 'stage')).toEqual(['two', 'two']);
  expect(repo.git('log', '-1', '--format=%s')).toBe('promote: inbox-core 1.1.0, normalize-score 1.1.0 (stage)');
  const promoted = manifest(world, 'inbox-core').environments.stage;
  expect(promoted).toMatchObject({ sha256: digests[0], previous: { version: '1.0.0' } });
  expect(promoted.arn).toBe(`arn:aws:lambda:eu-west-3:${places.stage.account}:layer:inbox-core-stage:2`);

  repo.git('push', '-q', 'origin', 'develop');
  ministack.proxy.log.length = 0;
  await done(world, 'rollback', '--env', 'stage', '--yes');
  expect(ministack.proxy.count('PublishLayerVersion')).toBe(0);
  const back = await heldAt(at.stage);
  expect(back.running).toEqual({
    'normalize-score': [...(first.running['normalize-score'] ?? []), 'tracing:1'],
    rescore: first.running.rescore,
  });
  expect(await says(world, 'stage')).toEqual(['one', 'one']);
  expect(await heldAt(at.dev)).toEqual(released);
  expect(manifest(world, 'inbox-core').environments).toMatchObject({
    dev: { version: '1.1.0' },
    stage: { version: '1.0.0', previous: { version: '1.1.0' } },
  });
  expect(repo.git('log', '-1', '--format=%s')).toBe('rollback: inbox-core 1.0.0, normalize-score 1.0.0 (stage)');

  repo.git('push', '-q', 'origin', 'develop');
  ministack.proxy.log.length = 0;
  await done(world, 'archive', '--older-than', '90', '--yes');
  expect([ministack.proxy.count('PutObject'), inArchive(world)]).toEqual([0, old]);
  const tip = repo.head();
  await done(world.with(later), 'archive', '--older-than', '90', '--yes');
  expect(await archived(at.dev)).toEqual(Object.entries(old).map(([file, sha256]) => `layers/${file} ${sha256}`));
  expect([inArchive(world), repo.exists(`layer_management/archive/${month}`)]).toEqual([{}, false]);
  expect(repo.git('log', '-1', '--format=%s %P')).toBe(`archive: ${month} moved to s3://inbox-backups/layers/ ${tip}`);
  expect(repo.git('status', '--porcelain')).toBe('');
  // Nobody runs anything else, and the way forward is open.
  expect([await heldAt(at.dev), await heldAt(at.stage)]).toEqual([released, back]);
  expect([await says(world, 'dev'), await says(world, 'stage')]).toEqual([
    ['two', 'two'],
    ['one', 'one'],
  ]);
  await done(world, 'rollback', 'inbox-core@1.1.0', 'normalize-score@1.1.0', '--env', 'stage', '--yes');
  expect(await says(world, 'stage')).toEqual(['two', 'two']);
});
