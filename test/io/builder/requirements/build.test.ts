import { createHash } from 'node:crypto';
import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../commands/in-process.js';
import { packageIndex } from '../../../kit/package-index.js';
import { makeSource } from '../../../kit/source-package.js';
import { tempFolder } from '../../../kit/temp.js';
import { makeWheel } from '../../../kit/wheel.js';
import { forgeElf } from '../../../layer/inside/forge-elf.js';
import { buildIn, layerOf } from './layer-of.js';

const linux = (python: string) => `${python}-${python}-manylinux2014_x86_64`;
const native = (name: string, python: string, elf: object = {}) =>
  makeWheel({
    name,
    version: '1.0',
    tag: linux(python),
    files: { [`${name}/fast.${python.replace('cp', 'cpython-')}-x86_64-linux-gnu.so`]: forgeElf(elf) },
  });

const newGlibc = { needed: ['libc.so.6'], versions: { 'libc.so.6': ['GLIBC_2.34'] } };

const index = await packageIndex(
  await Promise.all([
    makeWheel({ name: 'plain', version: '1.0', metadata: ['Requires-Dist: helper>=2,<3'] }),
    makeWheel({ name: 'helper', version: '2.5' }),
    makeWheel({ name: 'helper', version: '3.0' }),
    native('quick', 'cp311'),
    native('quick', 'cp312'),
    native('older', 'cp311'),
    native('both', 'cp311'),
    native('both', 'cp312'),
    makeWheel({ name: 'both', version: '1.0' }),
    makeWheel({ name: 'windows', version: '1.0', tag: 'cp311-cp311-win_amd64' }),
    native('liar', 'cp311', newGlibc),
    native('liar', 'cp312', newGlibc),
    makeWheel({ name: 'marked', version: '1.0', metadata: ["Requires-Dist: helper; python_version < '3.12'"] }),
    makeWheel({ name: 'helper', version: '2.5' }).then((wheel) => ({ ...wheel, file: 'other-1.0-py3-none-any.whl' })),
    makeWheel({ name: 'clash', version: '1.0', files: { 'helper/__init__.py': 'other' } }),
  ]),
);

/** A PATH on which neither uv nor pip is found. */
function noInstaller(): string {
  const bin = tempFolder('bin');
  for (const name of ['git', 'sh']) symlinkSync(`/usr/bin/${name}`, join(bin, name));
  return bin;
}

describe('a layer of packages', () => {
  it('holds what they are imported and looked up by, and nothing of who built it', async () => {
    const { files } = await buildIn(layerOf('plain==1.0\nhelper==2.5\n', index));
    expect(Object.keys(files)).toEqual([
      'python/helper-2.5.dist-info/METADATA',
      'python/helper-2.5.dist-info/RECORD',
      'python/helper-2.5.dist-info/WHEEL',
      'python/helper-2.5.dist-info/entry_points.txt',
      'python/helper-2.5.dist-info/licenses/LICENSE',
      'python/helper/__init__.py',
      'python/plain-1.0.dist-info/METADATA',
      'python/plain-1.0.dist-info/RECORD',
      'python/plain-1.0.dist-info/WHEEL',
      'python/plain-1.0.dist-info/entry_points.txt',
      'python/plain-1.0.dist-info/licenses/LICENSE',
      'python/plain/__init__.py',
    ]);
    const record = files['python/helper-2.5.dist-info/RECORD']?.split('\n') ?? [];
    expect(record.map((line) => line.split(',')[0])).toEqual([
      'helper-2.5.dist-info/METADATA',
      'helper-2.5.dist-info/RECORD',
      'helper-2.5.dist-info/WHEEL',
      'helper-2.5.dist-info/entry_points.txt',
      'helper-2.5.dist-info/licenses/LICENSE',
      'helper/__init__.py',
      '',
    ]);
    const content = 'VERSION = "2.5"\n';
    const digest = createHash('sha256').update(content).digest('base64url');
    expect(record).toContain(`helper/__init__.py,sha256=${digest},${content.length}`);
  });

  it('has compiled code once for each runtime, and what is the same for all once', async () => {
    const { files } = await buildIn(layerOf('quick==1.0\nhelper==2.5\n', index));
    expect(Object.keys(files).filter((path) => /\.so$|__init__/.test(path))).toEqual([
      'python/helper/__init__.py',
      'python/lib/python3.11/site-packages/quick/__init__.py',
      'python/lib/python3.11/site-packages/quick/fast.cpython-311-x86_64-linux-gnu.so',
      'python/lib/python3.12/site-packages/quick/__init__.py',
      'python/lib/python3.12/site-packages/quick/fast.cpython-312-x86_64-linux-gnu.so',
    ]);
  });

  it('takes the wheel without compiled code where that is forbidden', async () => {
    const { files } = await buildIn(layerOf('both==1.0\n', index, { natives: 'forbid' }));
    expect(Object.keys(files).filter((path) => /\.so$|__init__/.test(path))).toEqual(['python/both/__init__.py']);
    expect(await failureOf(buildIn(layerOf('quick==1.0\n', index, { natives: 'forbid' })))).toMatchObject({
      code: 'package-refused',
      exit: 3,
    });
  });

  it('asks markers about Lambda, not about this machine', async () => {
    const requirements = 'marked==1.0\nhelper==2.5 ; python_version < "3.12"\nwindows==1.0 ; sys_platform == "win32"\n';
    const { files } = await buildIn(layerOf(requirements, index));
    expect(Object.keys(files).filter((path) => path.endsWith('__init__.py'))).toEqual([
      'python/lib/python3.11/site-packages/helper/__init__.py',
      'python/marked/__init__.py',
    ]);
  });

  it('is refused where it would not load', async () => {
    const cases: [string, string, RegExp][] = [
      ['windows==1.0\n', 'package-refused', /windows 1\.0: .*python3\.11 on x86_64/],
      ['older==1.0\n', 'package-refused', /older 1\.0: .*python3\.12 on x86_64/],
      ['liar==1.0\n', 'artefact-refused', /glibc 2\.34/],
      ['absent==1.0\n', 'package-refused', /absent 1\.0/],
      ['plain==1.0\n', 'requirements-incomplete', /plain needs helper>=2,<3, which is not there/],
      ['plain==1.0\nhelper==3.0\n', 'requirements-incomplete', /helper 3\.0 is there/],
      ['other==1.0\n', 'package-refused', /other.*helper.2\.5/],
      ['clash==1.0\nhelper==2.5\n', 'source-unbuildable', /clash and helper both bring helper\/__init__\.py/],
    ];
    for (const [requirements, code, message] of cases) {
      const failure = await failureOf(buildIn(layerOf(requirements, index)));
      expect([failure.code, failure.exit, failure.message]).toEqual([code, 3, expect.stringMatching(message)]);
    }
  });

  it('is refused in the words of the rule before anything is asked for', async () => {
    const before = index.asked.length;
    const cases: [string, RegExp][] = [
      ['helper\n', /requirements\.txt:1: helper may be another version tomorrow/],
      [
        '--extra-index-url https://x.example/simple\nhelper==2.5\n',
        /:1: --extra-index-url takes packages from elsewhere/,
      ],
      ['helper @ https://x.example/h.whl\n', /helper is taken from an address or a folder/],
      ['-e .\n', /installs a work tree/],
      ['-r other.txt\n', /brings in another file/],
      ['helper==2.5\nhelper==3.0\n', /helper is asked for twice/],
    ];
    for (const [requirements, message] of cases) {
      const failure = await failureOf(buildIn(layerOf(requirements, index)));
      expect([failure.code, failure.exit, failure.message]).toEqual([
        'requirements-refused',
        3,
        expect.stringMatching(message),
      ]);
    }
    expect(index.asked.length).toBe(before);
  });
});

describe('for two architectures', () => {
  const arm = { python: 'cp311', machine: 183, tag: 'cp311-cp311-manylinux2014_aarch64' };
  const both = { runtimes: ['python3.11'], architectures: ['x86_64', 'arm64'] };
  const forArm = (name: string, more: Record<string, string> = {}) =>
    makeWheel({
      name,
      version: '1.0',
      tag: arm.tag,
      files: {
        [`${name}/fast.cpython-311-aarch64-linux-gnu.so`]: forgeElf({ machine: arm.machine }),
        ...more,
      },
    });

  it('one zip has the compiled code of both, and says so', async () => {
    const own = await packageIndex([await native('quick', 'cp311'), await forArm('quick')]);
    const { files } = await buildIn(layerOf('quick==1.0\n', own, both));
    expect(Object.keys(files).filter((path) => path.endsWith('.so'))).toEqual([
      'python/quick/fast.cpython-311-aarch64-linux-gnu.so',
      'python/quick/fast.cpython-311-x86_64-linux-gnu.so',
    ]);
    expect(files['python/quick-1.0.dist-info/WHEEL']?.match(/^Tag: .*$/gm)?.sort()).toEqual([
      `Tag: ${arm.tag}`,
      `Tag: ${linux('cp311')}`,
    ]);
  });

  it('and is refused where their other files differ', async () => {
    const own = await packageIndex([
      await native('quick', 'cp311'),
      await forArm('quick', { 'quick/__init__.py': 'x' }),
    ]);
    const failure = await failureOf(buildIn(layerOf('quick==1.0\n', own, both)));
    expect(failure).toMatchObject({ code: 'package-refused', hint: 'Declare a layer for each architecture.' });
  });
});

describe('where packages come from', () => {
  it('is said to be missing where neither uv nor pip is there', async () => {
    const failure = await failureOf(buildIn(layerOf('helper==2.5\n', index).with({ PATH: noInstaller() })));
    expect(failure).toMatchObject({ code: 'installer-missing', exit: 4 });
  });

  it('is what this machine says by our own variable, and by no setting of pip or uv', async () => {
    const elsewhere = { PIP_INDEX_URL: 'http://127.0.0.1:9/simple', UV_DEFAULT_INDEX: 'http://127.0.0.1:9/simple' };
    const story = layerOf('helper==2.5\n', index).with({ ...elsewhere, PIP_NO_INDEX: '1', PIP_FIND_LINKS: '/nowhere' });
    writeFileSync(join(story.dir, 'pip.conf'), '[global]\nindex-url = http://127.0.0.1:9/simple\n');
    expect((await buildIn(story.with({ PIP_CONFIG_FILE: join(story.dir, 'pip.conf') }))).sha256).toMatch(/^\w{64}$/);
  });

  it('is told where it cannot be reached, without its password', async () => {
    const failure = await failureOf(buildIn(layerOf('helper==2.5\n', { url: 'http://me:secret@127.0.0.1:9/simple' })));
    expect(failure).toMatchObject({ code: 'index-unreachable', exit: 4 });
    expect(failure.message + failure.hint).not.toContain('secret');
    expect(failure.hint).toContain('LAYER_POLICY_INDEX_URL');
  });
});

describe('the cache', () => {
  const files = (folder: string) => readdirSync(folder).map((name) => join(folder, name));

  it('builds again without the index, and the same bytes from nothing', async () => {
    const own = await packageIndex([
      await makeWheel({ name: 'alone', version: '1.0' }),
      await native('quick', 'cp311'),
    ]);
    const more = { runtimes: ['python3.11'] };
    const story = layerOf('alone==1.0\nquick==1.0\n', own, more);
    const fresh = layerOf('alone==1.0\nquick==1.0\n', own, more).with({ TZ: 'Pacific/Kiritimati', TMPDIR: story.dir });
    const { sha256 } = await buildIn(story);
    expect(story.exists('.git/layer-policy/entries/deps.entries')).toBe(true);
    expect((await buildIn(fresh)).sha256).toBe(sha256);
    await own.stop();
    expect((await buildIn(story)).sha256).toBe(sha256);
  });

  it('needs no installer for wheels that came as they are', async () => {
    const story = layerOf('plain==1.0\nhelper==2.5\n', index);
    const { sha256 } = await buildIn(story);
    expect((await buildIn(story.with({ PATH: noInstaller() }))).sha256).toBe(sha256);
  });

  it('keeps what was built of a source for the installer that built it', async () => {
    const own = await packageIndex([{ ...makeSource('made', 'pass'), sha256: '' }]);
    const story = layerOf('made==1.0\n', own, {
      runtimes: ['python3.11'],
    });
    const { sha256 } = await buildIn(story);
    expect(await failureOf(buildIn(story.with({ PATH: noInstaller() })))).toMatchObject({ code: 'installer-missing' });
    expect((await buildIn(story)).sha256).toBe(sha256);
  });

  it('is refused where somebody changed it', async () => {
    for (const kind of ['wheels', 'sets']) {
      const story = layerOf('helper==2.5\n', index);
      await buildIn(story);
      for (const file of files(join(story.dir, '.git/layer-policy/packages', kind))) writeFileSync(file, 'other');
      expect(await failureOf(buildIn(story))).toMatchObject({
        code: 'cache-damaged',
        exit: 4,
        hint: expect.stringContaining('rm -r'),
      });
    }
  });
});
