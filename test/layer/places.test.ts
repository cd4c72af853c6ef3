import { describe, expect, it } from 'vitest';
import type { Declarations } from '../../src/layer/declarations.js';
import { placeOf, placesToLook } from '../../src/layer/places.js';
import { isPolicyFile } from '../../src/layer/policy-files.js';

const declared = () =>
  ({
    versionFile: 'meta/VERSION',
    layers: { core: { name: 'core', source: 'src/core' }, deps: { name: 'deps', source: 'src/requirements.txt' } },
    functions: { ingest: { name: 'ingest', source: 'src/core/fn' } },
  }) as unknown as Declarations;

describe('a path', () => {
  it.each([
    ['meta/VERSION', 'in place of meta/VERSION', null],
    ['meta', 'in place of meta/VERSION', null],
    ['src/core', 'in place of the source of core', 'core'],
    ['src', 'in place of the source of core', 'core'],
    ['src/core/fn', 'in place of the source of ingest', 'ingest'],
    ['src/core/a/b.py', 'in the source of core', 'core'],
    ['src/core/fn/a.py', 'in the source of ingest', 'ingest'],
    ['src/requirements.txt', 'in place of the source of deps', 'deps'],
    ['layer_management/active/core/manifest.json', 'in place of the manifest of core', 'core'],
  ])('%s is %s', (path, where, layer) => {
    expect(placeOf(path, declared())).toEqual({ where, layer });
  });

  it.each([
    'README.md',
    'meta/README.md',
    'src/core2/a.py',
    'src/a.py',
    'src/core/__pycache__/a.pyc',
    'src/core/.DS_Store',
  ])('%s has no place', (path) => expect(placeOf(path, declared())).toBeNull());

  it('has the place that each policy gives it', () => {
    const [one, other] = [declared(), { ...declared(), layers: {}, functions: {} }];
    expect(placeOf('src/core/a.py', one)?.layer).toBe('core');
    expect(placeOf('src/core/a.py', other)).toBeNull();
    expect(placeOf('src/core/b.py', one)?.layer).toBe('core');
  });

  it('is looked for where it may be', () => {
    expect(placesToLook(declared())).toEqual({
      paths: ['meta/VERSION', 'meta', 'src/core', 'src', 'src/requirements.txt', 'src/core/fn'],
      folders: ['src/core', 'src/requirements.txt', 'src/core/fn', 'layer_management/active'],
    });
  });

  it.each<[string, boolean]>([
    ['.layerpolicyrc.json', true],
    ['.layerpolicyrc.yaml', true],
    ['.layerpolicyrc.yml', true],
    ['.layerpolicyrc', false],
    ['src/.layerpolicyrc.json', false],
  ])('%s is that of a policy: %s', (path, is) => expect(isPolicyFile(path)).toBe(is));
});
