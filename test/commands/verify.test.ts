import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forge, good } from '../io/zip/forge.js';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import type { Repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { recorded } from './releasing.js';

interface Document {
  ok: boolean;
  git_sha: string;
  sha256: string;
  lines: { place: string; state: string; detail: string }[];
  error?: { code: string };
}

function verify(r: Repo, ...args: string[]) {
  const result = run(r.dir, ['verify', ...args, '--json'], { env: r.env });
  const document = result.json() as Document;
  const of = (state: string) => (document.lines ?? []).filter((line) => line.state === state).map(({ place }) => place);
  return { code: result.code, document, of };
}

/** 1.0.0 is archived, 1.1.0 is the latest. */
function released(): Repo {
  const r = exampleRepo();
  expect(recorded(r, 'inbox-core').code).toBe(0);
  expect(run(r.dir, ['bump', 'inbox-core', 'minor'], { env: r.env }).code).toBe(0);
  r.commit('more', { VERSION: r.read('VERSION'), 'src_v2/inbox_core/more.py': 'x = 1\n' });
  expect(recorded(r, 'inbox-core').code).toBe(0);
  return r;
}

const base = released();
const zip = '.build/layers/inbox-core-1.1.0.zip';
const manifest = 'layer_management/active/inbox-core/manifest.json';

describe('a release is verified', () => {
  it('by manifest, tag, registry, published version, .build and provenance', () => {
    const { code, document, of } = verify(base, 'inbox-core@1.1.0');
    expect([code, document.ok, of('differs')]).toEqual([0, true, []]);
    for (const place of [
      'the commit',
      'tag inbox-core-v1.1.0',
      manifest,
      'local:layers/inbox-core-1.1.0.zip',
      'local:layers/inbox-core-1.1.0.zip, its bytes',
      zip,
      zip.replace('.zip', '.provenance.json'),
    ]) {
      expect(of('agrees'), place).toContain(place);
    }
    expect(of('agrees').some((place) => place.startsWith('arn:'))).toBe(true);
  });

  it('out of the archive, once it is superseded', () => {
    const { code, of } = verify(base, 'inbox-core@1.0.0');
    expect([code, of('differs')]).toEqual([0, []]);
    expect(of('agrees').filter((place) => place.startsWith('layer_management/archive/'))).toHaveLength(2);
  });

  it('out of history and the folder it was moved to, once its month has left', () => {
    const r = base.copy();
    const path = r.git('ls-files', 'layer_management/archive/*.zip');
    // A month that is old enough: the tool writes the present one.
    const old = path.replace(/\d{4}-\d{2}/, '2020-01');
    r.git('mv', dirname(path), dirname(old));
    r.commit('long ago');
    const to = tempFolder('kept');
    const archive = ['archive', '--older-than', '90', '--to', to, '--yes'];
    expect(run(r.dir, archive, { env: r.env }).code).toBe(0);
    expect(r.git('ls-files', 'layer_management/archive/2020-01')).toBe('');
    rmSync(join(r.dir, '.build'), { recursive: true });
    const at = r.git('rev-parse', '--short=12', 'HEAD^');

    const known = verify(r, 'inbox-core@1.0.0');
    expect([known.code, known.of('differs')]).toEqual([0, []]);
    expect(known.of('agrees')).toContain(`${old} at ${at}`);
    const kept = join(to, '2020-01/inbox-core-1.0.0.zip');
    const both = verify(r, 'inbox-core@1.0.0', '--archive', to);
    expect([both.code, both.of('agrees').includes(kept)]).toEqual([0, true]);

    writeFileSync(kept, forge([good]));
    const other = verify(r, 'inbox-core@1.0.0', '--archive', to);
    expect([other.code, other.of('differs')]).toEqual([3, [kept]]);
    rmSync(kept);
    expect(verify(r, 'inbox-core@1.0.0', '--archive', to).of('absent')).toContain(kept);
  });

  it('in a clone that has neither .build nor tags, and says what it has not', () => {
    const clone = base.clone('--no-tags');
    const { code, of } = verify(clone, 'inbox-core@1.1.0');
    expect([code, of('differs')]).toEqual([0, []]);
    expect(of('absent')).toEqual([
      'tag inbox-core-v1.1.0',
      'layer_management/archive/…/inbox-core-1.1.0.zip',
      zip,
      'local:layers/inbox-core-1.1.0.zip, its bytes',
      zip.replace('.zip', '.provenance.json'),
    ]);
  });

  it('and people see it line by line', () => {
    const { code, stdout } = run(base.dir, ['verify', 'inbox-core@1.1.0'], { env: base.env });
    expect(code).toBe(0);
    expect(stdout).toContain(`✔ ${manifest}`);
    expect(stdout).toMatch(/✔ Verified: \d+ agree, 1 not to be had here/);
  });
});

describe('a mismatch is told where it is', () => {
  it('in .build: other content, the same content packed otherwise, no zip', () => {
    const r = base.copy();
    for (const bytes of [forge([good]), Buffer.from('text')]) {
      writeFileSync(join(r.dir, zip), bytes);
      const { code, document, of } = verify(r, 'inbox-core@1.1.0');
      expect([code, document.error?.code, of('differs')]).toEqual([3, 'release-differs', [zip]]);
    }
  });

  it('in the manifest', () => {
    const r = base.copy();
    const text = r.read(manifest);
    const { sha256 } = JSON.parse(text);
    r.commit('tampered', { [manifest]: text.replaceAll(sha256, 'f'.repeat(64)) });
    const { code, of } = verify(r, 'inbox-core@1.1.0');
    expect(code).toBe(3);
    expect(of('differs')).toContain(manifest);
  });

  it('in the archive', () => {
    const r = base.copy();
    const path = r.git('ls-files', 'layer_management/archive/*.zip');
    writeFileSync(join(r.dir, path), forge([good]));
    r.git('add', '-f', path);
    r.git('commit', '-q', '-m', 'tampered');
    const { code, of } = verify(r, 'inbox-core@1.0.0');
    expect([code, of('differs')]).toEqual([3, [path]]);
  });

  it('in the tag', () => {
    const r = base.copy();
    r.git('tag', '-f', '-a', '-m', 'moved', 'inbox-core-v1.1.0', 'HEAD');
    const { code, of } = verify(r, 'inbox-core@1.1.0');
    expect([code, of('differs')]).toEqual([3, ['tag inbox-core-v1.1.0']]);
  });

  it('in the registry, damaged bytes included', () => {
    const r = base.copy();
    const object = JSON.parse(r.read('.build/registry/local/objects/layers/inbox-core-1.1.0.zip.json'));
    const blob = join(r.dir, '.build/registry/local/blobs', object.sha256);
    r.remove(`.build/registry/local/blobs/${object.sha256}`);
    writeFileSync(blob, 'other');
    const { code, of } = verify(r, 'inbox-core@1.1.0');
    expect([code, of('differs')]).toEqual([3, ['local:layers/inbox-core-1.1.0.zip, its bytes']]);
  });

  it('in the provenance', () => {
    const r = base.copy();
    const path = zip.replace('.zip', '.provenance.json');
    for (const text of [
      r.read(path).replace('builder"', 'pwned"'),
      '{}',
      'x',
      '{"subject":[{"digest":{"sha256":{}}}],"predicate":{"buildDefinition":{"resolvedDependencies":[{"digest":{"gitCommit":[]}}]}}}',
    ]) {
      r.write({ [path]: text });
      expect(verify(r, 'inbox-core@1.1.0').of('differs')).toEqual([path]);
    }
  });
});

describe('a signature', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = {
    'key.pem': privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    'key.pub.pem': publicKey.export({ format: 'pem', type: 'spki' }).toString(),
    'other.pub.pem': generateKeyPairSync('ed25519').publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  };
  const envelope = zip.replace('.zip', '.provenance.dsse.json');

  it('is asked for with a key, and must be there, by that key, of this release', () => {
    const r = base.copy().write(pem);
    expect(verify(r, 'inbox-core@1.1.0', '--key', 'key.pub.pem').of('differs')).toEqual([envelope]);
    expect(run(r.dir, ['build', 'inbox-core', '--sign', 'key.pem'], { env: r.env }).code).toBe(0);
    expect(verify(r, 'inbox-core@1.1.0', '--key', 'key.pub.pem')).toMatchObject({ code: 0 });
    expect(verify(r, 'inbox-core@1.1.0', '--key', 'other.pub.pem').of('differs')).toEqual([envelope]);
    const signed = JSON.parse(r.read(envelope));
    r.write({ [envelope]: JSON.stringify({ ...signed, payload: Buffer.from('{}').toString('base64') }) });
    expect(verify(r, 'inbox-core@1.1.0', '--key', 'key.pub.pem').of('differs')).toEqual([envelope]);
    for (const text of ['{}', '[]', 'null', '{"payloadType":1,"payload":{},"signatures":[null]}']) {
      r.write({ [envelope]: text });
      expect(verify(r, 'inbox-core@1.1.0', '--key', 'key.pub.pem')).toMatchObject({ code: 3 });
    }
  });
});

it.each<[what: string, args: string[], code: number, error: string]>([
  ['a release that is recorded nowhere', ['inbox-core@9.9.9'], 2, 'release-unknown'],
  ['a name that is not declared', ['inbox-cor@1.0.0'], 2, 'unknown-name'],
  ['no version', ['inbox-core'], 2, 'usage'],
  ['a key that is not there', ['inbox-core@1.1.0', '--key', 'none.pem'], 2, 'key-unreadable'],
])('%s is not verified', (_, args, code, error) => {
  const { document, ...told } = verify(base, ...args);
  expect([told.code, document.error?.code]).toEqual([code, error]);
});

it('nor is one whose commit this clone does not have', () => {
  const r = base.copy();
  const text = r.read(manifest);
  r.commit('elsewhere', { [manifest]: text.replaceAll(JSON.parse(text).git_sha, '1'.repeat(40)) });
  const { code, document } = verify(r, 'inbox-core@1.1.0');
  expect([code, document.error?.code]).toEqual([4, 'commit-absent']);
});

it('verify writes nothing', () => {
  const r = base.copy();
  const before = [r.git('status', '--porcelain', '--ignored'), readFileSync(join(r.dir, zip)).toString('hex')];
  verify(r, 'inbox-core@1.1.0');
  expect([r.git('status', '--porcelain', '--ignored'), readFileSync(join(r.dir, zip)).toString('hex')]).toEqual(before);
});
