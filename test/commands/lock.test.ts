import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { lock } from '../../src/commands/lock.js';
import { buildIn, layerOf } from '../io/builder/requirements/layer-of.js';
import { packageIndex } from '../kit/package-index.js';
import type { Repo } from '../kit/repo.js';
import { makeWheel } from '../kit/wheel.js';
import { failureOf, runCommand } from './in-process.js';

const linux = (python: string) => `${python}-${python}-manylinux2014_x86_64`;
const wheels = await Promise.all([
  makeWheel({
    name: 'plain',
    version: '1.0',
    metadata: ['Requires-Dist: helper>=2,<3', 'Requires-Dist: odd; sys_platform == "win32"'],
  }),
  makeWheel({ name: 'helper', version: '2.5', metadata: ["Requires-Dist: backport; python_version < '3.12'"] }),
  makeWheel({ name: 'helper', version: '3.0' }),
  makeWheel({ name: 'backport', version: '0.1' }),
  makeWheel({ name: 'quick', version: '1.0', tag: linux('cp311') }),
  makeWheel({ name: 'quick', version: '1.0', tag: linux('cp312') }),
  makeWheel({ name: 'quick', version: '1.0', tag: 'cp312-cp312-win_amd64' }),
]);
const index = await packageIndex(wheels);
const hashOf = (file: string) => wheels.find((one) => one.file === file)?.sha256;

const locked = (story: Repo) => {
  const text = story.read('requirements.lock');
  story.commit('lock', { 'requirements.lock': text });
  return text;
};

describe('lock', () => {
  it('writes all that is needed at each place, with the hashes of what a build takes', async () => {
    const story = layerOf('plain\nquick==1.0\n', index);
    const { exit, document } = await runCommand(lock, story, ['deps']);
    expect(exit).toBe(0);
    const { $id, ...schema } = JSON.parse(readFileSync('schemas/lock.schema.json', 'utf8'));
    expect(new Ajv().validate(schema, document)).toBe(true);
    expect(document).toMatchObject({
      locks: [{ layer: 'deps', source: 'requirements.txt', file: 'requirements.lock', changed: true }],
    });
    expect(locked(story)).toBe(`# Made by: layer-policy lock deps
# From the requirements beside it; do not edit, make it anew.
backport==0.1 ; python_version == "3.11" \\
    --hash=sha256:${hashOf('backport-0.1-py3-none-any.whl')}
helper==2.5 \\
    --hash=sha256:${hashOf('helper-2.5-py3-none-any.whl')}
plain==1.0 \\
    --hash=sha256:${hashOf('plain-1.0-py3-none-any.whl')}
quick==1.0 \\
${[hashOf(`quick-1.0-${linux('cp311')}.whl`), hashOf(`quick-1.0-${linux('cp312')}.whl`)]
  .sort()
  .map((hash) => `    --hash=sha256:${hash}`)
  .join(' \\\n')}
`);
    const { files, gitSha } = await buildIn(story);
    // A lock is part of what is built.
    expect(gitSha).toBe(story.head());
    expect(Object.keys(files)).toContain('python/lib/python3.11/site-packages/backport/__init__.py');
    const again = await runCommand(lock, story);
    expect(again.document).toMatchObject({ locks: [{ changed: false }] });
  });

  it('is refused by a build once it does not agree with the requirements', async () => {
    const story = layerOf('plain\n', index);
    await runCommand(lock, story);
    locked(story);
    await buildIn(story);
    const cases: [string, RegExp][] = [
      ['plain==2.0\n', /plain==2\.0 is asked for, and plain 1\.0 is there/],
      ['plain\nquick==1.0\n', /quick==1\.0 is asked for, which is not there/],
      ['helper==2.5\n', /nothing needs plain/],
    ];
    for (const [requirements, problem] of cases) {
      story.commit('change', { 'requirements.txt': requirements });
      const failure = await failureOf(buildIn(story));
      expect(failure).toMatchObject({
        code: 'lock-stale',
        exit: 3,
        hint: expect.stringContaining('layer-policy lock deps'),
      });
      expect(failure.message).toMatch(problem);
    }
  });

  it('holds a build to its hashes', async () => {
    const [first, other] = await Promise.all([
      makeWheel({ name: 'moved', version: '1.0' }),
      makeWheel({ name: 'moved', version: '1.0', files: { 'moved/evil.py': 'x' } }),
    ]);
    const own = await packageIndex([first]);
    const story = layerOf('moved==1.0\n', own);
    await runCommand(lock, story);
    locked(story);
    own.files.set(first.file, other.bytes);
    // What the lock brought is there still; a clone has only the index.
    await buildIn(story);
    const clone = story.clone().with({ LAYER_POLICY_INDEX_URL: own.url });
    expect(await failureOf(buildIn(clone))).toMatchObject({ code: 'package-refused', exit: 3 });
  });

  it('takes the requirements themselves for a lock where they have hashes', async () => {
    const wheel = wheels.find(({ file }) => file.startsWith('helper-3.0'));
    const line = (hash: string | undefined) => `helper==3.0 --hash=sha256:${hash}\n`;
    await buildIn(layerOf(line(wheel?.sha256), index));
    expect(await failureOf(buildIn(layerOf(line('0'.repeat(64)), index)))).toMatchObject({ code: 'package-refused' });
    const half = `${line(wheel?.sha256)}plain==1.0\n`;
    expect(await failureOf(buildIn(layerOf(half, index)))).toMatchObject({ code: 'requirements-refused' });
  });

  it('refuses what is no layer of requirements, and requirements that are not there', async () => {
    const story = layerOf('plain\n', index);
    expect(await failureOf(runCommand(lock, story, ['dep']))).toMatchObject({ code: 'unknown-name', exit: 2 });
    expect(await failureOf(runCommand(lock, story, ['deps', 'deps']))).toMatchObject({ code: 'usage', exit: 2 });
    story.write({ 'requirements.txt': '-r other.txt\n' });
    expect(await failureOf(runCommand(lock, story))).toMatchObject({ code: 'requirements-refused', exit: 3 });
    story.remove('requirements.txt');
    expect(await failureOf(runCommand(lock, story))).toMatchObject({ code: 'requirements-refused', exit: 3 });
    expect(story.exists('requirements.lock')).toBe(false);
  });
});
