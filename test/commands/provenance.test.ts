import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { pae } from '../../src/io/signing.js';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { recorded } from './releasing.js';

const file = '.build/layers/inbox-core-1.0.0.provenance.json';
const { $id, ...schema } = JSON.parse(readFileSync('schemas/provenance.schema.json', 'utf8'));
const fits = new Ajv({ allErrors: true }).compile(schema);

/** Fields of in-toto's Statement v1 and of SLSA's provenance v1 (schema/provenance.proto); `!` marks what must be there. */
const official: Record<string, string[]> = {
  '': ['_type!', 'subject!', 'predicateType!', 'predicate!'],
  subject: ['name', 'digest!', 'uri', 'content', 'downloadLocation', 'mediaType', 'annotations'],
  predicate: ['buildDefinition!', 'runDetails!'],
  'predicate.buildDefinition': ['buildType!', 'externalParameters!', 'internalParameters', 'resolvedDependencies'],
  'predicate.buildDefinition.resolvedDependencies': [
    'uri',
    'digest',
    'name',
    'downloadLocation',
    'mediaType',
    'content',
    'annotations',
  ],
  'predicate.runDetails': ['builder!', 'metadata', 'byproducts'],
  'predicate.runDetails.builder': ['id!', 'version', 'builderDependencies'],
  'predicate.runDetails.metadata': ['invocationId', 'startedOn', 'finishedOn'],
};

type Shape = { properties?: Record<string, Shape>; required?: string[]; items?: Shape };

function at(path: string): Shape {
  const names = path === '' ? [] : path.split('.');
  const found = names.reduce<Shape>((shape, name) => shape.properties?.[name] ?? {}, schema);
  return found.items ?? found;
}

it.each(Object.entries(official))('the schema names none but the official fields: %j', (path, fields) => {
  const { properties = {}, required = [] } = at(path);
  const known = fields.map((field) => field.replace('!', ''));
  expect(Object.keys(properties).filter((field) => !known.includes(field))).toEqual([]);
  expect(
    fields.filter((field) => field.endsWith('!')).filter((field) => !required.includes(field.slice(0, -1))),
  ).toEqual([]);
});

describe('a provenance', () => {
  it('says of what the artefact was made, and fits its schema', () => {
    const r = exampleRepo();
    expect(run(r.dir, ['build', 'inbox-core'], { env: r.env }).code).toBe(0);
    const statement = JSON.parse(r.read(file));
    expect([fits(statement), fits.errors]).toEqual([true, null]);
    const zip = readFileSync(`${r.dir}/.build/layers/inbox-core-1.0.0.zip`);
    expect(statement.subject[0]).toMatchObject({
      name: 'inbox-core-1.0.0.zip',
      digest: { sha256: createHash('sha256').update(zip).digest('hex') },
    });
    expect(statement.predicate.buildDefinition.resolvedDependencies).toEqual([
      { name: 'commit', digest: { gitCommit: r.head() }, annotations: { date: '2026-01-15T12:00:00Z' } },
      {
        name: 'VERSION',
        digest: {
          gitBlob: r.git('rev-parse', 'HEAD:VERSION'),
          sha256: createHash('sha256').update(r.read('VERSION')).digest('hex'),
        },
      },
      { name: 'src_v2/inbox_core', digest: { gitTree: r.git('rev-parse', 'HEAD:src_v2/inbox_core') } },
    ]);
  });

  it('is the same in another clone, at another time, after other commits, by a release', () => {
    const r = exampleRepo();
    run(r.dir, ['build', 'inbox-core'], { env: r.env });
    const first = r.read(file);
    r.git('remote', 'add', 'origin', 'https://user:hunter2@example.com/x.git');
    r.commit('unrelated', { 'docs/x.md': 'x\n' });
    const other = r.copy();
    expect(recorded(other, 'inbox-core').code).toBe(0);
    expect(other.read(file)).toBe(first);
    for (const secret of ['hunter2', r.dir, other.dir, 'Kit']) expect(first).not.toContain(secret);
  });

  it('is signed where a key is given, and the key stays where it was', () => {
    const r = exampleRepo();
    const { privateKey } = generateKeyPairSync('ed25519');
    r.write({ 'key.pem': privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() });
    const { code, stdout } = run(r.dir, ['build', 'inbox-core', '--sign', 'key.pem', '--json'], { env: r.env });
    const envelope = JSON.parse(r.read('.build/layers/inbox-core-1.0.0.provenance.dsse.json'));
    const payload = Buffer.from(envelope.payload, 'base64');
    expect([code, payload.toString()]).toEqual([0, r.read(file)]);
    const sig = Buffer.from(envelope.signatures[0].sig, 'base64');
    expect(verify(null, pae(envelope.payloadType, payload), createPublicKey(privateKey), sig)).toBe(true);
    expect(stdout).not.toContain('PRIVATE');
  });

  it.each([
    ['none.pem', 'there is no such file'],
    ['VERSION', 'it is no key in PEM'],
  ])('is not signed with %s, and nothing is written', (key, problem) => {
    const r = exampleRepo();
    const { code, stderr } = run(r.dir, ['build', 'inbox-core', '--sign', key], { env: r.env });
    expect([code, stderr.includes(problem), r.exists('.build/layers')]).toEqual([2, true, false]);
  });
});
