import { describe, expect, it } from 'vitest';
import { demandsOf, unserved } from '../../../src/layer/problems/demands.js';
import { examplePolicy } from '../../../src/rule/index.js';

describe('what an artefact has to be', () => {
  const core = examplePolicy.layers['inbox-core'] ?? expect.fail();
  const ingest = examplePolicy.functions.ingest ?? expect.fail();
  const layers = {
    core: { ...core, runtimes: ['python3.11', 'python3.12'], architectures: ['x86_64', 'arm64'] },
    deps: {
      ...core,
      build: 'requirements' as const,
      runtimes: ['python3.12'],
      architectures: ['arm64'],
      natives: 'allow' as const,
      maxZipMB: 15,
    },
  };
  const functions = {
    ingest: { ...ingest, layers: ['core', 'deps'] },
    alone: { ...ingest, layers: [] },
    lost: { ...ingest, layers: ['gone'] },
  };
  const demands = (name: string | null) => demandsOf(name, { layers, functions });

  it('is what its declaration says', () => {
    expect(demands('core')).toMatchObject({
      layout: 'layer',
      isDeclared: true,
      natives: 'forbid',
      maxZipMB: 10,
      isOwnCode: true,
      architectures: ['x86_64', 'arm64'],
    });
    expect(demands('deps')).toMatchObject({
      layout: 'layer',
      isDeclared: true,
      natives: 'allow',
      maxZipMB: 15,
      isOwnCode: false,
      runtimes: ['python3.12'],
    });
    expect(demands('ingest')).toMatchObject({
      layout: 'function',
      isDeclared: true,
      natives: 'allow',
      maxZipMB: 1,
      isOwnCode: true,
      runtimes: ['python3.12'],
      architectures: ['arm64'],
    });
  });
  it.each(['alone', 'lost'])('of a function without layers is to suit one place that Lambda has: %s', (name) => {
    const any = demands(null);
    expect(demands(name)).toEqual({ ...any, layout: 'function', maxZipMB: 1 });
    expect(any.runtimes.length).toBeGreaterThan(1);
  });
  it.each([null, 'other', 'toString', 'null'])('of %s is what holds of any layer', (name) => {
    expect(demands(name)).toMatchObject({
      layout: 'layer',
      isDeclared: false,
      natives: 'allow',
      maxZipMB: null,
      isOwnCode: true,
    });
  });
  it('that is declared has to serve every place, and else one', () => {
    const on = (isDeclared: boolean) => ({ ...demands('core'), isDeclared });
    const intel = { runtime: 'python3.11', architecture: 'x86_64' };
    expect(unserved(on(true), () => true)).toBeNull();
    expect(unserved(on(true), (place) => place.runtime !== 'python3.12')).toEqual({
      runtime: 'python3.12',
      architecture: 'x86_64',
    });
    expect(unserved(on(false), (place) => place.architecture === 'x86_64')).toBeNull();
    expect(unserved(on(false), () => false)).toEqual(intel);
  });
});
