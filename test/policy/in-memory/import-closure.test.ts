import { describe, expect, it } from 'vitest';
import { checked, policyFile, wellKept } from '../../kit/memory-check.js';
import { memoryRepo, type Story, symlink } from '../../kit/memory-repo.js';

const handler = 'src/ingest/handler.py';

/** What is said of functions' imports: `file:line: message`. */
async function told(files: Story, policy: Record<string, unknown> = {}) {
  const story = memoryRepo().commit({ ...wellKept, ...policyFile(policy), ...files });
  const { findings, notices } = await checked(story, { stage: 'all', rule: ['import-closure'] });
  expect(notices).toEqual([]);
  return findings.map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

const nobody = (module: string) => `ingest imports "${module}", which neither Python nor ingest nor core, deps has`;

describe('what a function imports', () => {
  it.each<[what: string, files: Story, says: string[]]>([
    ['of Python', { [handler]: 'import json\n' }, []],
    ['of its own', { [handler]: 'import window\n', 'src/ingest/window.py': '' }, []],
    ['of its layer', { [handler]: 'from core import a\n' }, []],
    [
      'that its layer does not have',
      { [handler]: '\nfrom core.gone import x\n' },
      [`${handler}:2: ingest imports "core.gone", which is not in core`],
    ],
    ['of a distribution that a layer installs', { [handler]: 'import requests\n' }, []],
    ['of nobody', { [handler]: 'import nowhere\n' }, [`${handler}:1: ${nobody('nowhere')}`]],
    [
      'by way of its layer',
      { [handler]: 'import core\n', 'src/core/__init__.py': 'import nowhere\n' },
      [`src/core/__init__.py:1: ${nobody('nowhere')}`],
    ],
    [
      'where requirements are a link, which may bring anything',
      { [handler]: 'import nowhere\n', 'requirements.txt': symlink('x') },
      [],
    ],
    ['where requirements are not understood', { [handler]: 'import nowhere\n', 'requirements.txt': 'a = = 1\n' }, []],
    ['where there are no requirements', { [handler]: 'import nowhere\n', 'requirements.txt': null }, []],
    [
      'in a file of exactly 1 MiB',
      { [handler]: 'import nowhere\n'.padEnd(1024 * 1024, '#') },
      [`${handler}:1: ${nobody('nowhere')}`],
    ],
    ['in what is no module', { [handler]: 'import json\n', 'src/ingest/a.txt': 'import nowhere\n' }, []],
  ])('%s', async (_, files, says) => expect(await told(files)).toEqual(says));

  it('in a file that is larger is not read, and that is told', async () => {
    const files = { [handler]: 'import nowhere\n'.padEnd(1024 * 1024 + 1, '#') };
    const story = memoryRepo().commit({ ...wellKept, ...files });
    const { findings, notices } = await checked(story, { stage: 'all', rule: ['import-closure'] });
    expect([findings, notices]).toEqual([[], [expect.stringContaining('import-closure has not read every module')]]);
  });

  const layer = (source: string) => ({
    build: 'source',
    source,
    versionKey: 'CORE_VERSION',
    layerName: `${source.replace('/', '-')}-{env}`,
  });
  const uses = (layers: string[]) => ({
    source: 'src/ingest',
    versionKey: 'INGEST_VERSION',
    functionName: 'f-{env}',
    layers,
  });

  it('is looked for in the layers that it uses, and in no other', async () => {
    const policy = {
      layers: { one: layer('src/core'), two: layer('src/two') },
      functions: { ingest: uses(['one']), both: uses(['one', 'two']) },
    };
    const files = { 'src/two/two.py': '', [handler]: 'import two\n', 'requirements.txt': null };
    const story = memoryRepo().commit({ ...wellKept, ...policyFile(policy), ...files });
    const { findings } = await checked(story, { stage: 'all', rule: ['import-closure'] });
    expect(findings.map(({ message }) => message)).toEqual([
      'ingest imports "two", which neither Python nor ingest nor one has',
    ]);
  });

  it('is judged where a change touches a function or a layer', async () => {
    const story = () =>
      memoryRepo()
        .commit({ ...wellKept, [handler]: 'import nowhere\n' })
        .branch('feature');
    const count = async (change: Story) =>
      (await checked(story().commit(change), { stage: 'ci', rule: ['import-closure'] })).findings.length;
    const changes: [Story, number][] = [
      [{ 'src/core/b.py': '' }, 1],
      [{ 'src/ingest/b.py': '' }, 1],
      [{ 'requirements.txt': 'a==1\n' }, 1],
      [{ 'docs/a.md': '' }, 0],
      [{ 'src/core2/b.py': '', 'src/x.py': '' }, 0],
    ];
    for (const [change, found] of changes) expect(await count(change)).toBe(found);
  });
});
