import { describe, expect, it } from 'vitest';
import type { LambdaFunction, Layer } from '../../src/layer/declarations.js';
import { artefactKey, declaredAs, isLayer, publishedName } from '../../src/layer/declared.js';
import { payloadOf, readEnvelope } from '../../src/layer/envelope.js';
import { type Built, envelopeFile, provenanceFile, provenanceOf } from '../../src/layer/provenance.js';
import { absent, differs, hold } from '../../src/layer/verification.js';
import type { Version } from '../../src/layer/version.js';

const layer: Layer = {
  ...{ name: 'core', build: 'source', source: 'src/core', versionKey: 'CORE', tag: '{name}-{version}' },
  ...{ layerName: 'core-{env}', runtimes: ['python3.12'], architectures: ['arm64'], natives: 'allow', maxZipMB: 5 },
};
const fn: LambdaFunction = {
  ...{ name: 'fn', source: 'src/fn', versionKey: 'FN', tag: '', functionName: '{name}-{env}', layers: ['core'] },
  ...{ maxZipMB: 1, handler: 'a.b', events: {}, smoke: [] },
};
const built = {
  ...{ name: 'core', version: '1.2.3' as Version, file: 'core-1.2.3.zip', sha256: 's', size: 9, contentDigest: 'c' },
  ...{ gitSha: 'g', buildDate: 'd', dependencies: { Foo_Bar: '2', six: '1' } },
} as Built;

describe('a provenance', () => {
  it('says of what, from what and by what it was built', () => {
    expect(provenanceOf(built, layer, [{ name: 'source', digest: { gitTree: 't' } }], '9.9')).toEqual({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'core-1.2.3.zip', digest: { sha256: 's' }, annotations: { contentDigest: 'c', size: 9 } }],
      predicateType: 'https://slsa.dev/provenance/v1',
      predicate: {
        buildDefinition: {
          buildType: 'https://layer-policy.dev/build/source/v1',
          externalParameters: { name: 'core', version: '1.2.3', source: 'src/core', versionKey: 'CORE' },
          resolvedDependencies: [
            { name: 'commit', digest: { gitCommit: 'g' }, annotations: { date: 'd' } },
            { name: 'source', digest: { gitTree: 't' } },
            { uri: 'pkg:pypi/foo-bar@2' },
            { uri: 'pkg:pypi/six@1' },
          ],
        },
        runDetails: {
          builder: { id: 'https://layer-policy.dev/builder', version: { 'layer-policy': '9.9' } },
          metadata: { invocationId: 'core@1.2.3/g' },
        },
      },
    });
  });

  it('has what the policy declares, as far as the build reads it', () => {
    const definition = (of: Layer | LambdaFunction) => {
      const { buildType, externalParameters } = provenanceOf(built, of, [], '1').predicate.buildDefinition;
      return [buildType.split('/').at(-2), externalParameters];
    };
    const common = { name: 'core', version: '1.2.3' };
    expect(definition({ ...layer, build: 'requirements' })).toEqual([
      'requirements',
      {
        ...{ ...common, source: 'src/core', versionKey: 'CORE' },
        ...{ runtimes: ['python3.12'], architectures: ['arm64'], natives: 'allow' },
      },
    ]);
    expect(definition(fn)).toEqual(['function', { ...common, source: 'src/fn', versionKey: 'FN', layers: ['core'] }]);
  });

  it('lies beside the zip', () => {
    expect(provenanceFile('a.zip-1.zip')).toBe('a.zip-1.provenance.json');
    expect(envelopeFile('a.zip-1.zip')).toBe('a.zip-1.provenance.dsse.json');
  });
});

describe('an envelope', () => {
  const type = 'application/vnd.in-toto+json';
  const whole = { payloadType: type, payload: 'w6k=', signatures: [{ keyid: 'k', sig: 's' }] };
  const read = (document: unknown) => readEnvelope(new TextEncoder().encode(JSON.stringify(document)));

  it('is read with whoever signed it, and its payload in bytes', () => {
    expect(read(whole)).toEqual(whole);
    expect(read({ ...whole, payload: '', signatures: [] })).not.toBeNull();
    expect([...payloadOf(whole)]).toEqual([0xc3, 0xa9]);
    expect(read({ ...whole, signatures: Array(100).fill({ sig: 's' }) })).not.toBeNull();
  });

  it.each([
    null,
    1,
    {},
    { ...whole, payloadType: 'text/plain' },
    { ...whole, payload: 1 },
    { ...whole, payload: 'w6k=!' },
    { ...whole, payload: '=w6k' },
    { ...whole, payload: '!w6k' },
    { ...whole, signatures: 'x' },
    { ...whole, signatures: [null] },
    { ...whole, signatures: [{ sig: 's' }, { keyid: 'k' }] },
    { ...whole, signatures: Array(101).fill({ sig: 's' }) },
  ])('%j is none', (document) => expect(read(document)).toBeNull());

  it('that says something twice is none', () => {
    const twice = `{"payload":"w6k=",${JSON.stringify(whole).slice(1)}`;
    expect(readEnvelope(new TextEncoder().encode(twice))).toBeNull();
  });
});

describe('an account of a release', () => {
  const made = { sha256: 'a'.repeat(64), contentDigest: 'c', size: 9, gitSha: 'g' as typeof built.gitSha };
  it.each([
    [{}, 'absent', 'it says nothing that could be compared'],
    [{ sha256: undefined }, 'absent', 'it says nothing that could be compared'],
    [made, 'agrees', 'sha256, content digest, size, commit'],
    [{ size: 9 }, 'agrees', 'size'],
    [{ size: 8, contentDigest: 'c' }, 'differs', 'size 8, not 9'],
    [
      { sha256: 'b'.repeat(17), size: 8 },
      'differs',
      `sha256 ${'b'.repeat(16)}…, not ${'a'.repeat(16)}…; size 8, not 9`,
    ],
    [
      { sha256: 'b'.repeat(16), contentDigest: 'c' },
      'differs',
      `sha256 ${'b'.repeat(16)}, not ${'a'.repeat(16)}… (the same content, packed in another way)`,
    ],
    [{ sha256: 'b', contentDigest: 'd' }, 'differs', `sha256 b, not ${'a'.repeat(16)}…; content digest d, not c`],
  ])('%j %s: %s', (account, state, detail) => {
    expect(hold('here', account, made)).toEqual({ place: 'here', state, detail });
  });

  it('may be missing, or be of something else', () => {
    expect([absent('a', 'b'), differs('c', 'd')]).toEqual([
      { place: 'a', state: 'absent', detail: 'b' },
      { place: 'c', state: 'differs', detail: 'd' },
    ]);
  });
});

describe('what is declared', () => {
  const declarations = { layers: { core: layer }, functions: { fn } } as unknown as Parameters<typeof declaredAs>[0];
  it('is found by its name', () => {
    expect(declaredAs(declarations, 'core')).toBe(layer);
    expect(declaredAs(declarations, 'fn')).toBe(fn);
    expect(() => declaredAs(declarations, 'cor')).toThrow(expect.objectContaining({ code: 'unknown-name' }));
    expect([isLayer(layer), isLayer(fn)]).toEqual([true, false]);
  });

  it('has a name in an environment, and a place for its zip', () => {
    expect([publishedName(layer, 'dev'), publishedName(fn, 'dev')]).toEqual(['core-dev', 'fn-dev']);
    expect(artefactKey(layer, '1.0.0' as Version)).toBe('layers/core-1.0.0.zip');
    expect(artefactKey(fn, '1.0.0' as Version)).toBe('functions/fn-1.0.0.zip');
  });
});
