import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { files } from '../../../src/io/files.js';
import { localRegistry } from '../../../src/io/registry/local.js';
import type { Registry } from '../../../src/ports.js';
import { tempFolder } from '../../kit/temp.js';
import { codeOf, registryContract } from './contract.js';

const open = (root: string, environment = 'local') =>
  localRegistry(root, files, environment, () => Date.parse('2026-01-15T12:00:00.5Z'));

registryContract('the local registry', async () => {
  const root = tempFolder('registry');
  return { registry: await open(root), again: () => open(root) };
});

const key = 'layers/core-1.0.0.zip';
const bytes = Buffer.from('PK one');

async function filled(): Promise<{ root: string; folder: string; registry: Registry; blob: string }> {
  const root = tempFolder('registry');
  const registry = await open(root);
  const blob = createHash('sha256').update(bytes).digest('hex');
  await registry.put(key, bytes, blob);
  await registry.publish({
    layerName: 'core-local',
    key,
    sha256: blob,
    size: bytes.length,
    description: 'd',
    runtimes: [],
    architectures: [],
  });
  return { root, folder: join(root, '.build/registry/local'), registry, blob };
}

/** Blobs are read-only, so they are replaced. */
function spoil(path: string): void {
  rmSync(path);
  writeFileSync(path, 'PK two');
}

describe('the local registry on disk', () => {
  it('lies in .build/registry/<environment>, and environments do not see each other', async () => {
    const { root, folder } = await filled();
    expect(readdirSync(folder).sort()).toEqual(['blobs', 'objects', 'versions']);
    const other = await open(root, 'rehearsal');
    expect([await other.head(key), await other.versions('core-local')]).toEqual([null, []]);
  });

  it('writes nothing when it is only asked', async () => {
    const root = tempFolder('registry');
    const registry = await open(root);
    await registry.head(key);
    await registry.versions('core-local');
    expect(readdirSync(root)).toEqual([]);
  });

  const damages: [
    what: string,
    harm: (folder: string, blob: string) => void,
    ask: (registry: Registry) => Promise<unknown>,
  ][] = [
    ['an object that is no JSON', (at) => writeFileSync(join(at, 'objects', `${key}.json`), '{'), (it) => it.head(key)],
    [
      'an object without a digest',
      (at) => writeFileSync(join(at, 'objects', `${key}.json`), `{"key":"${key}","size":1}`),
      (it) => it.head(key),
    ],
    [
      'an object of another key',
      (at, blob) => writeFileSync(join(at, 'objects', `${key}.json`), `{"key":"x","sha256":"${blob}","size":6}`),
      (it) => it.head(key),
    ],
    [
      'a digest that leads out of the folder',
      (at) =>
        writeFileSync(
          join(at, 'objects', `${key}.json`),
          `{"key":"${key}","sha256":"../../../../etc/passwd","size":6}`,
        ),
      (it) => it.get(key),
    ],
    ['other bytes under a digest', (at, blob) => spoil(join(at, 'blobs', blob)), (it) => it.get(key)],
    ['no bytes under a digest', (at, blob) => rmSync(join(at, 'blobs', blob)), (it) => it.get(key)],
    [
      'a version that is no JSON',
      (at) => writeFileSync(join(at, 'versions/core-local/1.json'), '\0'),
      (it) => it.versions('core-local'),
    ],
    [
      'a version with a key twice',
      (at) => writeFileSync(join(at, 'versions/core-local/1.json'), '{"arn":"a","arn":"b"}'),
      (it) => it.versions('core-local'),
    ],
    [
      'a version copied to another number',
      (at) =>
        writeFileSync(
          join(at, 'versions/core-local/2.json'),
          '{"layerName":"core-local","version":1,"arn":"arn:aws:lambda:local:000000000000:layer:core-local:1","description":"d","sha256":"x","size":1,"createdAt":"2026"}',
        ),
      (it) => it.versions('core-local'),
    ],
    [
      'a folder in place of a version',
      (at) => mkdirSync(join(at, 'versions/core-local/2.json')),
      (it) => it.versions('core-local'),
    ],
  ];
  it.each(damages)('%s is damage, not an empty registry', async (_, harm, ask) => {
    const { registry, folder, blob } = await filled();
    harm(folder, blob);
    expect(['registry-invalid', 'file-system']).toContain(await codeOf(ask(registry)));
  });

  it('bytes that are gone are stored again by whoever has them', async () => {
    const { registry, folder, blob } = await filled();
    rmSync(join(folder, 'blobs', blob));
    expect(await registry.head(key)).toBeNull();
    expect(await registry.put(key, bytes, blob)).toBe('present');
    expect(Buffer.from(await registry.get(key))).toEqual(Buffer.from(bytes));
  });

  it('bytes that went bad are not published', async () => {
    const { registry, folder, blob } = await filled();
    spoil(join(folder, 'blobs', blob));
    const request = {
      layerName: 'core-local',
      key,
      sha256: blob,
      size: bytes.length,
      description: 'd',
      runtimes: [],
      architectures: [],
    };
    expect(await codeOf(registry.publish(request))).toBe('registry-invalid');
    expect(await registry.versions('core-local')).toHaveLength(1);
  });

  it('what a killed write leaves behind is no version and no object', async () => {
    const { registry, folder } = await filled();
    writeFileSync(join(folder, 'versions/core-local/.0123456789ab.tmp'), '{"half');
    writeFileSync(join(folder, 'objects/layers/.0123456789ab.tmp'), '{"half');
    writeFileSync(join(folder, 'blobs/.0123456789ab.tmp'), 'half');
    writeFileSync(join(folder, 'blobs', 'f'.repeat(64)), 'a blob without a key');
    expect((await registry.versions('core-local')).map(({ version }) => version)).toEqual([1]);
    const next = {
      layerName: 'core-local',
      key,
      sha256: (await registry.head(key))?.sha256 ?? '',
      size: bytes.length,
      description: 'd',
      runtimes: [],
      architectures: [],
    };
    expect((await registry.publish(next)).version).toBe(2);
  });

  it.each([
    '.build',
    '.build/registry',
    '.build/registry/local',
  ])('a link at %s is refused: it would write elsewhere', async (path) => {
    const root = tempFolder('registry');
    const elsewhere = tempFolder('elsewhere');
    mkdirSync(join(root, path, '..'), { recursive: true });
    symlinkSync(elsewhere, join(root, path));
    expect(await codeOf(open(root))).toBe('registry-invalid');
    expect(readdirSync(elsewhere)).toEqual([]);
  });
});
