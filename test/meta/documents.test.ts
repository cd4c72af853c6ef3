import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { done, governed, raise } from '../commands/moving.js';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { tempFolder } from '../kit/temp.js';

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true });

function schema(name: string): ValidateFunction {
  const { $id, ...document } = JSON.parse(readFileSync(`schemas/${name}.schema.json`, 'utf8'));
  return ajv.compile(document);
}

/** In the order a user would type them, on one repository. */
const story: [args: string[], schema: string, code?: number][] = [
  [['check', '--stage', 'all'], 'check'],
  [['rules'], 'rules'],
  [['explain', 'archive-age'], 'explain'],
  [['explain', 'archive-ages'], 'error', 2],
  [['init', '--dry-run'], 'init'],
  [['install'], 'install'],
  [['build', 'inbox-core'], 'build'],
  [['validate', '.build/layers/inbox-core-1.0.0.zip'], 'validate'],
  [['validate', '.build/layers/manifest.json'], 'validate', 3],
  [['compare', '.build/layers/inbox-core-1.0.0.zip', 'inbox-core@1.0.0'], 'compare'],
  [['compare', '.build/layers/inbox-core-1.0.0.zip', 'inbox-core@9.0.0'], 'error', 2],
  [['compare', '.build/layers/inbox-core-1.0.0.zip', '.build/layers/manifest.json'], 'error', 3],
  [['release', 'inbox-core', '--env', 'local', '--dry-run'], 'release'],
  [['release', 'inbox-core', '--env', 'local', '--record'], 'release'],
  [['release', 'inbox-core', '--env', 'local', '--record'], 'release'],
  [['release', 'inbox-core', '--env', 'dev'], 'error', 4],
  [['status', '--env', 'local'], 'status'],
  [['arn', 'inbox-core', '--env', 'local'], 'arn'],
  [['arn', 'inbox-core', '--env', 'dev'], 'error', 3],
  [['archive'], 'error', 2],
  [['gc', '--env', 'local'], 'gc'],
  [['gc', '--env', 'local', '--delete'], 'gc'],
  [['gc'], 'error', 2],
  [['clean'], 'clean'],
  [['report'], 'report'],
  [['doctor'], 'doctor', 1],
  [['completion', 'bash'], 'completion'],
  [['completion', '--list', 'names'], 'completion'],
  [['completion', 'bush'], 'error', 2],
  [['invoke', 'ingest', '--env', 'local'], 'error', 4],
  [['invoke', '--env', 'local'], 'error', 2],
  [['verify', 'inbox-core@1.0.0'], 'verify'],
  [['verify', 'inbox-core@9.0.0'], 'error', 2],
  [['snapshot', '--env', 'local'], 'error', 4],
  [['resume'], 'resume'],
  [['abort'], 'abort'],
  [['bump', 'inbox-core', 'patch'], 'bump'],
  [['bump', 'inbox-cor', 'patch'], 'error', 2],
  [['uninstall'], 'uninstall'],
];

describe('every --json document is one valid document', () => {
  it('along a whole story', () => {
    const r = exampleRepo();
    for (const [args, name, code = 0] of story) {
      const result = run(r.dir, [...args, '--json'], { env: r.env });
      const valid = schema(name);
      expect([args, result.code, result.stderr], args.join(' ')).toEqual([args, code, code === 0 ? '' : result.stderr]);
      expect(valid(result.json()), `${args.join(' ')}: ${JSON.stringify(valid.errors)}`).toBe(true);
    }
    const files: [string, string][] = [
      ['.layerpolicyrc.json', 'config'],
      ['layer_management/active/inbox-core/manifest.json', 'manifest'],
      ['.build/layers/manifest.json', 'build-manifest'],
    ];
    for (const [file, name] of files) {
      const valid = schema(name);
      expect(valid(JSON.parse(r.read(file))), `${file}: ${JSON.stringify(valid.errors)}`).toBe(true);
    }
  });

  it('of a release that the rules about artefacts refuse', () => {
    const r = exampleRepo().commit('bad', { 'src_v2/inbox_core/fast.so': 'ELF' });
    const refused = run(r.dir, ['release', 'inbox-core', '--env', 'local', '--json'], { env: r.env });
    const valid = schema('release');
    expect([refused.code, valid(refused.json()), valid.errors]).toEqual([3, true, null]);
  });

  it('of functions that were released, promoted and rolled back', () => {
    const r = governed();
    const along: [args: string[], schema: string][] = [
      [['release', '--env', 'dev'], 'release'],
      [['invoke', '--all', '--env', 'dev'], 'invoke'],
      [['snapshot', '--env', 'dev'], 'snapshot'],
      [['promote', '--from', 'dev', '--to', 'stage', '--dry-run'], 'release'],
      [['promote', '--from', 'dev', '--to', 'stage'], 'release'],
      [['deploy', '--env', 'dev'], 'release'],
    ];
    for (const [args, name] of along) {
      const valid = schema(name);
      expect(valid(done(r, ...args)), `${args.join(' ')}: ${JSON.stringify(valid.errors)}`).toBe(true);
    }
    raise(r, '1.1.0', 'two');
    done(r, 'release', '--env', 'dev');
    expect(schema('release')(done(r, 'rollback', '--env', 'dev'))).toBe(true);
  });

  it('of functions that have an alias, released by who signs', () => {
    const r = governed();
    const policy = JSON.parse(r.read('.layerpolicyrc.json'));
    for (const one of Object.values(policy.functions)) Object.assign(one as object, { alias: 'live' });
    r.commit('aliases', { '.layerpolicyrc.json': JSON.stringify(policy) });
    const key = join(tempFolder('key'), 'key.pem');
    writeFileSync(key, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
    const released = done(r, 'release', '--env', 'dev', '--sign', key, '--signed-by', key);
    const kinds = released.steps.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['put-provenance', 'move-alias']));
    const valid = schema('release');
    expect([valid(released), valid.errors]).toEqual([true, null]);
    expect(schema('snapshot')(done(r, 'snapshot', '--env', 'dev'))).toBe(true);
    expect(schema('status')(done(r, 'status', '--env', 'dev'))).toBe(true);
  });

  it('of a record that is pushed', () => {
    const r = governed();
    const origin = tempFolder('origin');
    r.git('init', '-q', '--bare', origin);
    r.git('remote', 'add', 'origin', origin);
    const pushed = done(r, 'release', 'core', '--env', 'dev', '--no-attach', '--push');
    expect([schema('release')(pushed), pushed.steps.at(-1)?.kind]).toEqual([true, 'push']);
  });

  it('of months that leave the archive', () => {
    const r = exampleRepo().commit('old', { 'layer_management/archive/2020-01/inbox-core-0.1.0.zip': 'x' });
    const args = ['archive', '--older-than', '90', '--to', tempFolder('kept'), '--json'];
    for (const more of ['--dry-run', '--yes', '--yes']) {
      const moved = run(r.dir, [...args, more], { env: r.env });
      const valid = schema('release');
      expect([moved.code, valid(moved.json()), valid.errors]).toEqual([0, true, null]);
    }
  });

  it('with findings, and with a baseline', () => {
    const r = exampleRepo().commit('bad', { '.build/x': 'x' });
    const refused = run(r.dir, ['check', '--stage', 'all', '--json'], { env: r.env });
    expect([refused.code, schema('check')(refused.json())]).toEqual([1, true]);
    const updated = run(r.dir, ['check', '--stage', 'all', '--update-baseline', '--json'], { env: r.env });
    expect([updated.code, schema('check-baseline')(updated.json())]).toEqual([0, true]);
    expect(schema('baseline')(JSON.parse(r.read('.layerpolicy-baseline.json')))).toBe(true);
  });
});
