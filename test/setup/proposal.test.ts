import { describe, expect, it } from 'vitest';
import { proposePolicy } from '../../src/setup/proposal.js';
import { findPython } from '../../src/setup/python.js';

describe('what looks like layers and functions', () => {
  it.each<[string, string[], Partial<ReturnType<typeof findPython>>]>([
    [
      'a package is its topmost folder',
      ['src/core/__init__.py', 'src/core/a/__init__.py', 'src/core/a/b.py'],
      { packages: ['src/core'] },
    ],
    [
      'a package at the root counts, a root that is one does not',
      ['core/__init__.py', '__init__.py'],
      { packages: ['core'] },
    ],
    [
      'a handler in a library is a module',
      ['core/__init__.py', 'core/ingest/__init__.py', 'core/ingest/handler.py'],
      { packages: ['core'], handlers: [] },
    ],
    [
      'a package of functions holds functions',
      ['lambdas/__init__.py', 'lambdas/a/__init__.py', 'lambdas/a/handler.py', 'lambdas/b/lambda_function.py'],
      { packages: [], handlers: ['lambdas/a', 'lambdas/b'] },
    ],
    ["a function's own packages are its own", ['f/handler.py', 'f/lib/__init__.py'], { packages: [], handlers: ['f'] }],
    [
      'tests, copies, builds and what is installed is none of it',
      ['tests', 'backup/x', 'build/x', '.venv/lib', 'x/site-packages', 'layer_management/y', 'output'].map(
        (folder) => `${folder}/p/__init__.py`,
      ),
      { packages: [], handlers: [] },
    ],
    [
      "requirements beside a package or the functions' folder",
      [
        'src/core/__init__.py',
        'src/requirements.txt',
        'requirements.txt',
        'app/lambdas/a/handler.py',
        'app/requirements.txt',
        'app/lambdas/a/requirements.txt',
      ],
      { requirements: ['app/requirements.txt', 'src/requirements.txt'] },
    ],
  ])('%s', (_, paths, finds) => {
    expect(findPython(paths)).toMatchObject(finds);
  });
});

describe('the proposed policy', () => {
  const finds = {
    packages: ['src_v2/vectora_core'],
    handlers: ['src_v2/lambdas/ingest', 'src_v2/lambdas/normalize_score'],
    requirements: ['src_v2/requirements.txt'],
  };

  it('takes names from folders and keys from VERSION', () => {
    const keys = ['VECTORA_CORE_VERSION', 'SHARED_DEPS_VERSION', 'NORMALIZE_VERSION', 'CANONICAL_VERSION'];
    expect(proposePolicy(finds, keys)).toEqual({
      layers: {
        'vectora-core': {
          build: 'source',
          source: 'src_v2/vectora_core',
          versionKey: 'VECTORA_CORE_VERSION',
          layerName: 'vectora-core-{env}',
        },
        'shared-deps': {
          build: 'requirements',
          source: 'src_v2/requirements.txt',
          versionKey: 'SHARED_DEPS_VERSION',
          layerName: 'shared-deps-{env}',
        },
      },
      functions: {
        ingest: {
          source: 'src_v2/lambdas/ingest',
          versionKey: 'INGEST_VERSION',
          functionName: 'ingest-{env}',
          layers: ['vectora-core', 'shared-deps'],
        },
        'normalize-score': {
          source: 'src_v2/lambdas/normalize_score',
          versionKey: 'NORMALIZE_VERSION',
          functionName: 'normalize-score-{env}',
          layers: ['vectora-core', 'shared-deps'],
        },
      },
    });
  });

  it('never gives one key or one name twice', () => {
    const { layers, functions } = proposePolicy(
      {
        packages: ['a/core', 'b/core', 'Core'],
        handlers: ['f/core', 'g/normalize_a', 'g/normalize_b'],
        requirements: ['a/requirements.txt', 'b/requirements.txt'],
      },
      ['NORMALIZE_VERSION'],
    );
    const declared = { ...layers, ...functions };
    expect(Object.keys(declared)).toEqual([
      'core',
      'b-core',
      'core-2',
      'common-deps',
      'b-deps',
      'f-core',
      'normalize-a',
      'normalize-b',
    ]);
    expect(new Set(Object.values(declared).map(({ versionKey }) => versionKey)).size).toBe(8);
  });

  it('keeps a key for the one that is named like it', () => {
    const { functions } = proposePolicy({ packages: [], handlers: ['f/core_x', 'g/core'], requirements: [] }, [
      'CORE_VERSION',
    ]);
    expect(functions?.['core-x']?.versionKey).toBe('CORE_X_VERSION');
    expect(functions?.core?.versionKey).toBe('CORE_VERSION');
  });

  it('proposes the packages that VERSION names, or none where there are too many to be layers', () => {
    const many = { packages: ['a', 'b', 'c', 'd', 'e', 'f'], handlers: [], requirements: [] };
    expect(Object.keys(proposePolicy(many, ['C_VERSION']).layers)).toEqual(['c']);
    expect(proposePolicy(many, [])).toEqual({ layers: {} });
  });

  it('finds nothing in nothing', () => {
    expect(proposePolicy(findPython([]), [])).toEqual({ layers: {} });
  });
});
