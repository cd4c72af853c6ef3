import { expect, it } from 'vitest';
import { filesThatRun } from '../../../../src/policy/weaker/checks/files.js';
import { exec, memoryRepo, type Story, symlink } from '../../../kit/memory-repo.js';

const workflow = '.github/workflows/a.yml';

async function pathsOf(files: Story): Promise<string[]> {
  const story = memoryRepo().commit(files);
  return [...(await filesThatRun(story.git, story.git.tree(story.head()))).keys()].sort();
}

it('CI files, hooks and the files of their scripts are read, and nothing else', async () => {
  const files = { [workflow]: 'a', '.husky/pre-push': 'b', Jenkinsfile: 'c', Makefile: 'd', 'package.json': '{}' };
  const others = { '.github/workflows/a.txt': 'a', '.github/a.yml': 'a', '.husky/_/x': 'b', 'src/a.py': 'a' };
  expect(await pathsOf({ ...files, ...others })).toEqual(Object.keys(files).sort());
  expect(await pathsOf(others)).toEqual([]);
});

it('a file that is called is read, and what it calls, four deep', async () => {
  const files = {
    ...{ [workflow]: 'run: sh a.sh', 'a.sh': 'sh x/b.sh', 'x/b.sh': 'sh x/c.sh\nsh a.sh' },
    ...{ 'x/c.sh': 'sh x/d.sh', 'x/d.sh': 'sh x/e.sh', 'x/e.sh': 'layer-policy check' },
  };
  expect(await pathsOf(files)).toEqual([workflow, 'a.sh', 'x/b.sh', 'x/c.sh']);
});

it('a link is no file, a program is one', async () => {
  const called = { [workflow]: 'run: a.sh && b.sh', 'a.sh': exec('x'), 'b.sh': symlink('a.sh') };
  expect(await pathsOf({ ...called, Makefile: symlink('x'), '.husky/pre-push': symlink('x') })).toEqual([
    workflow,
    'a.sh',
  ]);
});

it('of files that are called, two hundred are read', async () => {
  const names = Array.from({ length: 201 }, (_, i) => `s${i}.sh`);
  const files = Object.fromEntries(names.map((name) => [name, '']));
  const found = await pathsOf({ ...files, [workflow]: names.map((name) => `- run: ${name}\n`).join('') });
  expect(found).toHaveLength(201);
  expect(found).not.toContain('s200.sh');
});

it('a file is read as it is, and one of more than 1 MB as empty', async () => {
  const long = 'x'.repeat(1024 * 1024);
  const story = memoryRepo().commit({ Makefile: long, Jenkinsfile: `${long}x` });
  const files = await filesThatRun(story.git, story.git.tree(story.head()));
  expect([files.get('Makefile')?.length, files.get('Jenkinsfile')]).toEqual([long.length, '']);
});
