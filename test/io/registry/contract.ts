import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../src/errors.js';
import { parseLayerArn } from '../../../src/layer/arn.js';
import type { PublishRequest, Registry } from '../../../src/ports.js';

/** A registry to test, and a second door to the same one: another process, another client. */
export interface Subject {
  registry: Registry;
  again(): Promise<Registry>;
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const zip = (text: string) => Buffer.from(`PK\u0003\u0004${text}`);

export async function codeOf(running: Promise<unknown>): Promise<string> {
  const error = await running.then(
    () => new Error('it ended well'),
    (reason: unknown) => reason,
  );
  if (!isFailure(error)) throw error;
  return error.code;
}

/** Stores a zip and gives the request that publishes it. */
async function stored(registry: Registry, text: string, more: Partial<PublishRequest> = {}): Promise<PublishRequest> {
  const bytes = zip(text);
  const key = more.key ?? `layers/core-1.0.${text.length}.zip`;
  await registry.put(key, bytes, sha256(bytes));
  return {
    layerName: 'core-local',
    key,
    sha256: sha256(bytes),
    size: bytes.length,
    description: `core 1.0.${text.length} git:0123456789ab sha256:${sha256(bytes).slice(0, 16)} lp1`,
    runtimes: ['python3.11', 'python3.12'],
    architectures: ['x86_64'],
    ...more,
  };
}

/** What every registry promises; `open` gives an empty one. A deploy target passes all of it or is none. */
export function registryContract(name: string, open: () => Promise<Subject>): void {
  describe(`${name} keeps the registry's promises`, () => {
    describe('objects', () => {
      it('an empty one has nothing', async () => {
        const { registry } = await open();
        expect(await registry.head('layers/core-1.0.0.zip')).toBeNull();
        expect(await codeOf(registry.get('layers/core-1.0.0.zip'))).toBe('object-absent');
        expect(await registry.versions('core-local')).toEqual([]);
      });

      it('gives back the bytes it was given, binary ones too', async () => {
        const { registry, again } = await open();
        const bytes = Uint8Array.from({ length: 70_000 }, (_, at) => (at * 7) % 256);
        expect(await registry.put('layers/core-1.0.0.zip', bytes, sha256(bytes))).toBe('created');
        const other = await again();
        expect(await other.head('layers/core-1.0.0.zip')).toEqual({
          key: 'layers/core-1.0.0.zip',
          sha256: sha256(bytes),
          size: 70_000,
        });
        expect(Buffer.compare(await other.get('layers/core-1.0.0.zip'), bytes)).toBe(0);
      });

      it('is created once: the same bytes are present, others a conflict that changes nothing', async () => {
        const { registry } = await open();
        const [one, two] = [zip('one'), zip('two!')];
        expect(await registry.put('layers/core-1.0.0.zip', one, sha256(one))).toBe('created');
        expect(await registry.put('layers/core-1.0.0.zip', one, sha256(one))).toBe('present');
        expect(await codeOf(registry.put('layers/core-1.0.0.zip', two, sha256(two)))).toBe('object-conflict');
        expect((await registry.head('layers/core-1.0.0.zip'))?.sha256).toBe(sha256(one));
        expect(Buffer.compare(await registry.get('layers/core-1.0.0.zip'), one)).toBe(0);
      });

      it('the same bytes may stand under two keys', async () => {
        const { registry } = await open();
        const bytes = zip('one');
        expect(await registry.put('layers/a-1.0.0.zip', bytes, sha256(bytes))).toBe('created');
        expect(await registry.put('layers/b-1.0.0.zip', bytes, sha256(bytes))).toBe('created');
      });

      it('bytes that are not what they are said to be are refused', async () => {
        const { registry } = await open();
        await expect(registry.put('layers/core-1.0.0.zip', zip('one'), sha256(zip('two')))).rejects.toThrow();
        expect(await registry.head('layers/core-1.0.0.zip')).toBeNull();
      });

      it('of twenty that race for a key, one creates it', async () => {
        const { registry, again } = await open();
        const other = await again();
        const attempts = await Promise.all(
          Array.from({ length: 20 }, async (_, at) => {
            const bytes = zip(`racer ${at}`);
            return (at % 2 === 0 ? registry : other).put('layers/core-1.0.0.zip', bytes, sha256(bytes)).then(
              (answer) => ({ answer: answer as string, sum: sha256(bytes) }),
              (error) => ({ answer: isFailure(error) ? error.code : String(error), sum: '' }),
            );
          }),
        );
        expect(attempts.map(({ answer }) => answer).sort()).toEqual(['created', ...Array(19).fill('object-conflict')]);
        const winner = attempts.find(({ answer }) => answer === 'created');
        expect((await registry.head('layers/core-1.0.0.zip'))?.sha256).toBe(winner?.sum);
        expect(sha256(await registry.get('layers/core-1.0.0.zip'))).toBe(winner?.sum);
      });

      it('of twenty that race with the same bytes, one creates them and all succeed', async () => {
        const { registry } = await open();
        const bytes = zip('same');
        const answers = await Promise.all(
          Array.from({ length: 20 }, () => registry.put('layers/core-1.0.0.zip', bytes, sha256(bytes))),
        );
        expect(answers.sort()).toEqual(['created', ...Array(19).fill('present')]);
      });

      it.each([
        '',
        '/',
        '../x.zip',
        'layers/../../x.zip',
        'layers//x.zip',
        '/etc/x.zip',
        'layers/x\0.zip',
        'layers/./x.zip',
        '.git/x.zip',
        'layers\\x.zip',
        `layers/${'x'.repeat(2000)}.zip`,
      ])('the key %j is refused', async (key) => {
        const { registry } = await open();
        const bytes = zip('one');
        expect(await codeOf(registry.put(key, bytes, sha256(bytes)))).toBe('registry-refused');
        expect(await codeOf(registry.head(key))).toBe('registry-refused');
      });
    });

    describe('layer versions', () => {
      it('a version says what it is, and holds the bytes of its object', async () => {
        const { registry, again } = await open();
        const request = await stored(registry, 'one');
        const published = await registry.publish(request);
        expect(published).toEqual({
          layerName: 'core-local',
          version: 1,
          arn: published.arn,
          description: request.description,
          sha256: request.sha256,
          size: request.size,
          createdAt: published.createdAt,
        });
        expect(parseLayerArn(published.arn)).toMatchObject({ layerName: 'core-local', version: 1 });
        expect(published.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/);
        expect(await (await again()).versions('core-local')).toEqual([published]);
      });

      it('every call makes a version, numbers rise, the newest comes first', async () => {
        const { registry } = await open();
        const request = await stored(registry, 'one');
        for (let at = 0; at < 12; at++) await registry.publish(request);
        const versions = await registry.versions('core-local');
        expect(versions.map(({ version }) => version)).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
        expect(new Set(versions.map(({ arn }) => arn)).size).toBe(12);
      });

      it('of twenty published at once, each has a number of its own', async () => {
        const { registry, again } = await open();
        const request = await stored(registry, 'one');
        const other = await again();
        const made = await Promise.all(
          Array.from({ length: 20 }, (_, at) => (at % 2 ? registry : other).publish(request)),
        );
        expect(made.map(({ version }) => version).sort((a, b) => a - b)).toEqual(
          Array.from({ length: 20 }, (_, at) => at + 1),
        );
        expect(await registry.versions('core-local')).toHaveLength(20);
      });

      it('layers count for themselves, also where one name begins with the other', async () => {
        const { registry } = await open();
        const request = await stored(registry, 'one');
        await registry.publish(request);
        await registry.publish({ ...request, layerName: 'core-local-2' });
        expect((await registry.versions('core-local')).map(({ version }) => version)).toEqual([1]);
        expect((await registry.versions('core-local-2')).map(({ version }) => version)).toEqual([1]);
        expect(await registry.versions('core')).toEqual([]);
      });

      it('those described by given words are told alone, and one is told by its number', async () => {
        const { registry } = await open();
        const request = await stored(registry, 'one');
        const made = await registry.publish({ ...request, description: 'core 1.0.1 of before' });
        await registry.publish({ ...request, description: 'core 1.0.10 of after' });
        await registry.publish({ ...request, description: '' });
        expect(await registry.versions('core-local', 'core 1.0.1 ')).toEqual([made]);
        expect(await registry.versions('core-local', 'core 9.9.9 ')).toEqual([]);
        expect(await registry.version('core-local', 1)).toEqual(made);
        expect(await registry.version('core-local', 4)).toBeNull();
        expect(await registry.version('core-other', 1)).toBeNull();
      });

      it('one is deleted for good, twice as well, and its number is never given again', async () => {
        const { registry, again } = await open();
        const request = await stored(registry, 'one');
        for (let at = 0; at < 3; at++) await registry.publish(request);
        await registry.remove('core-local', 3);
        await registry.remove('core-local', 1);
        await registry.remove('core-local', 1);
        const other = await again();
        expect((await other.versions('core-local')).map(({ version }) => version)).toEqual([2]);
        expect([await other.version('core-local', 1), await other.version('core-local', 3)]).toEqual([null, null]);
        expect((await registry.publish(request)).version).toBe(4);
      });

      it('what is not stored cannot be published', async () => {
        const { registry } = await open();
        const request = await stored(registry, 'one');
        expect(await codeOf(registry.publish({ ...request, key: 'layers/core-9.9.9.zip' }))).toBe('object-absent');
        expect(await codeOf(registry.publish({ ...request, sha256: 'f'.repeat(64) }))).toBe('object-conflict');
        expect(await registry.versions('core-local')).toEqual([]);
      });

      it.each([
        '',
        '.',
        '..',
        '../x',
        'a/b',
        'a b',
        'a\0b',
        'é',
        'a.b',
        'x'.repeat(141),
        '$(id)',
        'a\nb',
      ])('the layer name %j is refused', async (layerName) => {
        const { registry } = await open();
        const request = await stored(registry, 'one');
        expect(await codeOf(registry.publish({ ...request, layerName }))).toBe('registry-refused');
        expect(await codeOf(registry.versions(layerName))).toBe('registry-refused');
      });

      it('names and descriptions as long as they may be are taken, longer ones not', async () => {
        const { registry } = await open();
        const layerName = 'x'.repeat(140);
        const request = await stored(registry, 'one', { layerName, description: 'd'.repeat(256) });
        expect((await registry.publish(request)).description).toHaveLength(256);
        expect(await codeOf(registry.publish({ ...request, description: 'd'.repeat(257) }))).toBe('registry-refused');
        expect(await registry.versions(layerName)).toHaveLength(1);
      });
    });
  });
}
