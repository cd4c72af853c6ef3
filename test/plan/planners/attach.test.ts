import { describe, expect, it } from 'vitest';
import { isFailure } from '../../../src/errors.js';
import { withLayers } from '../../../src/layer/layer-list.js';
import { attaching } from '../../../src/plan/planners/attach.js';
import type { Brought } from '../../../src/plan/planners/brought.js';
import type { FunctionLook, State } from '../../../src/plan/state.js';

const [sha, other, oid] = ['1'.repeat(64), '2'.repeat(64), 'a'.repeat(40)];
const arn = (name: string, version: number) => `arn:aws:lambda:eu-west-3:123456789012:layer:${name}-dev:${version}`;
const foreign = 'arn:aws:lambda:eu-west-3:999999999999:layer:monitoring:7';

const look = (more: Partial<FunctionLook> = {}, layers = [foreign, arn('core', 1), arn('deps', 4)]): FunctionLook => ({
  target: 'dev',
  declared: {
    ...{ name: 'ingest', source: 's', versionKey: 'INGEST', tag: 't', functionName: 'ingest-{env}', maxZipMB: 1 },
    ...{ layers: ['core', 'deps'], handler: 'handler.lambda_handler', events: {}, smoke: [] },
  },
  functionName: 'ingest-dev',
  alias: null,
  state: {
    ...{
      functionName: 'ingest-dev',
      version: '$LATEST',
      arn: 'arn:f',
      runtime: 'python3.11',
      architectures: ['x86_64'],
      layers,
    },
    ...{ codeSha256: sha, revision: 'r', status: 'ready', reason: null },
  },
  codeKey: 'functions/ingest-1.0.0.zip',
  layers: ['core', 'deps'].map((name) => {
    return {
      name,
      runtimes: ['python3.11', 'python3.12'],
      architectures: ['x86_64'],
      arn: arn(name, name === 'core' ? 1 : 4),
    };
  }),
  smoke: [{ functionName: 'ingest-dev', event: 'e', oid, expect: {} }],
  ...more,
});

const brought = (name: string, known: string | null, sha256 = other): Brought => ({
  declared:
    name === 'ingest'
      ? look().declared
      : {
          ...{ name, build: 'source', source: 's', versionKey: 'K', tag: 't', layerName: `${name}-{env}`, maxZipMB: 1 },
          ...{ runtimes: ['python3.11'], architectures: ['x86_64'], natives: 'forbid' },
        },
  artefact: { name, version: '1.1.0', sha256, size: 1, gitSha: oid },
  targets: ['dev'],
  arns: new Map(known === null ? [] : [['dev', known]]),
});

const state = (...functions: FunctionLook[]): State => ({
  ...{ commit: oid, branch: 'develop', date: '2026-01-31T00:00:00.000Z', user: 'kit' },
  ...{ environment: 'dev', targets: ['dev'], environments: ['dev'], functions },
});

const refusal = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (isFailure(error)) return error.code;
    throw error;
  }
  return null;
};

describe('what is attached', () => {
  it('is in place of another version of the same layer, foreign layers and the order as they were', () => {
    expect(withLayers([foreign, arn('core', 1), arn('deps', 4)], [arn('core', 12)])).toEqual([
      foreign,
      arn('core', 12),
      arn('deps', 4),
    ]);
    // One name that begins like another is another layer.
    expect(withLayers([arn('core', 1)], [arn('core-dev', 1)])).toEqual([arn('core', 1), arn('core-dev', 1)]);
    expect(withLayers([], [arn('core', 1), arn('deps', 1)])).toEqual([arn('core', 1), arn('deps', 1)]);
  });

  it('keeps what was there before, so that it can be brought back', () => {
    const [attach, smoke] = attaching([brought('core', null)], state(look()));
    expect(attach).toMatchObject({
      kind: 'attach',
      functions: [
        {
          functionName: 'ingest-dev',
          before: {
            code: { key: 'functions/ingest-1.0.0.zip', sha256: sha },
            layers: [foreign, arn('core', 1), arn('deps', 4)],
          },
          code: null,
          layers: [{ name: 'core', arn: null }],
        },
      ],
    });
    expect(smoke).toMatchObject({ kind: 'smoke', calls: [{ event: 'e' }] });
  });

  it('is nothing where functions run it already, or do not use it', () => {
    expect(attaching([brought('core', arn('core', 1))], state(look()))).toEqual([]);
    expect(attaching([brought('ingest', null, sha)], state(look()))).toEqual([]);
    // But a record that is missing tells of it, and it is not tried again.
    const own = brought('ingest', null, sha);
    expect(attaching([own], state(look()), [own])).toMatchObject([{ kind: 'attach', functions: [{ name: 'ingest' }] }]);
    expect(attaching([brought('elsewhere', null)], state(look()))).toEqual([]);
    expect(attaching([brought('core', null)], state(look({ state: null })))).toEqual([]);
  });

  it('of a function is its code, and what it lacks of its layers', () => {
    const [attach] = attaching([brought('ingest', null)], state(look({}, [arn('core', 3)])));
    expect(attach).toMatchObject({
      functions: [
        { code: { key: 'functions/ingest-1.1.0.zip', sha256: other }, layers: [{ name: 'deps', arn: arn('deps', 4) }] },
      ],
    });
    const [made] = attaching([brought('ingest', null)], state(look({ state: null, codeKey: null })));
    expect(made).toMatchObject({ functions: [{ before: null, fresh: { runtime: 'python3.11' } }] });
  });

  it('has to fit the function', () => {
    const old = look();
    if (old.state !== null) old.state.runtime = 'python3.9';
    expect(refusal(() => attaching([brought('core', null)], state(old)))).toBe('function-misfit');
    const arm = look();
    if (arm.state !== null) arm.state.architectures = ['arm64'];
    expect(refusal(() => attaching([brought('core', null)], state(arm)))).toBe('function-misfit');
    const without = look({}, []);
    for (const layer of without.layers) layer.arn = null;
    expect(refusal(() => attaching([brought('ingest', null)], state(without)))).toBe('layer-unpublished');
  });
});
