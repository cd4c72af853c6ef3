import { describe, expect, it } from 'vitest';
import { named } from '../../src/layer/named.js';
import {
  archivePath,
  artefactFile,
  baseName,
  didYouMean,
  expand,
  foldersAbove,
  layerKey,
  manifestLayer,
  manifestPath,
  nearest,
  parseArtefactFile,
  readmePath,
} from '../../src/layer/names.js';

describe('the file name of an artefact', () => {
  const declared = ['core', 'core-extra'];

  it('is made of name and version, and read again', () => {
    expect(artefactFile('core', '1.2.3')).toBe('core-1.2.3.zip');
    expect(layerKey('core', '1.2.3')).toBe('layers/core-1.2.3.zip');
    expect(parseArtefactFile('core-1.2.3.zip', declared)).toEqual({ name: 'core', version: '1.2.3' });
    expect(parseArtefactFile('core-extra-10.0.1.zip', declared)).toEqual({ name: 'core-extra', version: '10.0.1' });
  });

  it.each([
    'core-1.2.zip',
    'core-v1.2.3.zip',
    'core-1.2.3.tar',
    'core-1.2.3zip',
    'core_1.2.3.zip',
    'other-1.2.3.zip',
    'xcore-1.2.3.zip',
    'core-1.2.3.zip.bak',
    'core-.zip',
  ])('is not %s', (file) => expect(parseArtefactFile(file, declared)).toBeNull());
});

describe('a template', () => {
  it('takes what it is given, wherever it stands, and keeps what it is not', () => {
    expect(expand('{name}-{version}-{env}-{name}', { name: 'a', version: '1.0.0', env: 'dev' })).toBe('a-1.0.0-dev-a');
    expect(expand('{name}-{env}-{other}', { name: '{env}' })).toBe('{env}-{env}-{other}');
  });
});

describe('the places of layer_management/', () => {
  it('are made from names', () => {
    expect(manifestPath('core')).toBe('layer_management/active/core/manifest.json');
    expect(readmePath('core')).toBe('layer_management/active/core/README.md');
    expect(archivePath('2026-01', 'core-1.2.3.zip')).toBe('layer_management/archive/2026-01/core-1.2.3.zip');
  });

  it.each([
    ['layer_management/active/core/manifest.json', 'core'],
    ['x/layer_management/active/core/manifest.json', null],
    ['layer_management/active/core/manifest.json.bak', null],
    ['layer_management/active/core/deep/manifest.json', null],
    ['layer_management/active//manifest.json', null],
    ['layer_management/active/core/manifestxjson', null],
  ])('%s is the manifest of %s', (path, layer) => expect(manifestLayer(path)).toBe(layer));
});

describe('a path', () => {
  it.each([
    ['a/b/c.py', ['a/b', 'a'], 'c.py'],
    ['a', [], 'a'],
    ['ab/c', ['ab'], 'c'],
    ['', [], ''],
  ])('%j lies in %j and ends in %j', (path, folders, name) => {
    expect(foldersAbove(path)).toEqual(folders);
    expect(baseName(path)).toBe(name);
  });
});

describe('a mistyped name', () => {
  const names = ['release', 'rollback', 'rules', 'warning', 'VERSION'];

  it.each([
    ['relaese', 'release'],
    ['rule', 'rules'],
    ['rulse', 'rules'],
    ['rlues', 'rules'],
    ['ru', null],
    ['rul', 'rules'],
    ['warn', 'warning'],
    ['version', 'VERSION'],
    ['rollbakc', 'rollback'],
    ['completely-else', null],
    ['', null],
    [`rules${'x'.repeat(96)}`, null],
  ])('%j is nearest to %j', (name, expected) => expect(nearest(name, names)).toBe(expected));

  it('may differ by a third of itself, and by two letters if it is short', () => {
    expect(nearest('abxx', ['abcd'])).toBe('abcd');
    expect(nearest('axxx', ['abcd'])).toBeNull();
    expect(nearest('abcdefxyz', ['abcdefghi'])).toBe('abcdefghi');
    expect(nearest('abcdewxyz', ['abcdefghi'])).toBeNull();
  });

  it('is compared with all, up to a length that nobody mistypes', () => {
    const long = 'x'.repeat(100);
    expect(nearest(long, [`${long}y`])).toBe(`${long}y`);
    expect(nearest(`${long}x`, [`${long}y`])).toBeNull();
    expect(nearest('abdef', ['abcdx', 'abdex'])).toBe('abdex');
    expect(nearest('abd', ['abc', 'abe'])).toBe('abc');
    expect(nearest('a', [])).toBeNull();
  });

  it('is asked about only where one is near', () => {
    expect(didYouMean('rulse', names)).toBe('; did you mean "rules"?');
    expect(didYouMean('completely-else', names)).toBe('');
  });
});

describe('what is declared under a name', () => {
  const layers = { core: { at: 1 }, deps: { at: 2 } };

  it('is found, and only what is declared', () => {
    expect(named(layers, 'deps', 'layer')).toBe(layers.deps);
    expect(() => named(layers, 'toString', 'layer')).toThrow("'toString' is no layer of this policy.");
  });

  it('is told with the nearest name where there is none', () => {
    expect(() => named(layers, 'croe', 'layer')).toThrow(
      expect.objectContaining({
        code: 'unknown-name',
        message: "'croe' is no layer of this policy. Did you mean 'core'?",
        hint: 'Declared: core, deps',
      }),
    );
    expect(() => named({}, 'prod', 'environment')).toThrow(
      expect.objectContaining({ message: "'prod' is no environment of this policy.", hint: 'Declared: none' }),
    );
  });
});
