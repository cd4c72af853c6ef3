import { describe, expect, it } from 'vitest';
import { workTree } from '../../../src/io/git/work-tree.js';
import { repo } from '../../kit/repo.js';

const asked = (r: ReturnType<typeof repo>, cwd = r.dir) =>
  workTree({ cwd, vars: r.env, started() {} }, async () => r.git('rev-parse', '--show-toplevel'));

describe('the files of the work tree', () => {
  it('are those git has and those it would take, from the root, wherever it is asked', async () => {
    const r = repo().commit('one', { 'b/x': '1', '.gitignore': '*.log\nvenv/\n' });
    r.write({ 'a\n"é': '', 'b/new': '', 'b/y.log': '', 'venv/z': '' });
    r.git('init', '-q', 'inner');
    r.write({ 'inner/w': '' });
    expect(await asked(r, `${r.dir}/b`).files()).toEqual(['.gitignore', 'a\n"é', 'b/new', 'b/x']);
  });
});

describe('what is ignored', () => {
  it('is named with the line that hides it, tracked or not, and not what a later line takes back', async () => {
    const r = repo().commit('one', {
      'kept.zip': '',
      'sub/.gitignore': '!*.zip\n',
      '.gitignore': '*.zip\n\r\nout/\r\n',
    });
    const paths = ['kept.zip', 'sub/a.zip', 'out/', 'out/x', 'folder/', 'b.txt', '[x].zip'];
    expect([...(await asked(r, `${r.dir}/sub`).ignored(paths))]).toEqual([
      ['kept.zip', '.gitignore:1:*.zip'],
      ['out/', '.gitignore:3:out/'],
      ['out/x', '.gitignore:3:out/'],
      ['[x].zip', '.gitignore:1:*.zip'],
    ]);
  });

  it('is nothing where nothing matches, and an error where git cannot say', async () => {
    const r = repo().commit('one', { a: '' });
    expect((await asked(r).ignored(['a', 'b/c'])).size).toBe(0);
    await expect(asked(r).ignored(['../outside'])).rejects.toMatchObject({ code: 'git-failed' });
  });
});
