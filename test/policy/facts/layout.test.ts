import { describe, expect, it } from 'vitest';
import { run } from '../../kit/cli.js';
import { exampleRepo } from '../../kit/example.js';
import { type Repo, symlink } from '../../kit/repo.js';

function found(r: Repo, stage: string): string[] {
  const { findings } = run(r.dir, ['check', '--json', '--stage', stage], { env: r.env }).json() as {
    findings: { rule: string; file: string; message: string }[];
  };
  return findings.map(({ rule, file, message }) => `${rule} ${file}: ${message}`);
}

describe('what is read as a folder or a file, and is a link or a submodule', () => {
  it.each(['layer_management', 'layer_management/active', 'layer_management/archive'])('%s', (folder) => {
    const r = exampleRepo();
    r.git('rm', '-r', '-q', folder);
    r.stage({ [folder]: symlink('/etc') });
    const said = `layer-layout ${folder}: is a symbolic link where a folder belongs, so nothing in it is judged`;
    expect(found(r, 'pre-commit')).toContain(said);
    expect(found(r.commit('link'), 'all')).toContain(said);

    const other = exampleRepo();
    other.git('rm', '-r', '-q', folder);
    other.git('update-index', '--add', '--cacheinfo', `160000,${other.head()},${folder}`);
    expect(found(other, 'pre-commit')).toContain(said.replace('symbolic link', 'submodule'));
  });

  it('the folder of experiments', () => {
    const r = exampleRepo().stage({ 'layer_management/experimental': symlink('/etc') });
    expect(found(r, 'pre-commit')).toHaveLength(1);
  });

  it('a manifest', () => {
    const path = 'layer_management/active/inbox-core/manifest.json';
    const r = exampleRepo().stage({ [path]: symlink('/etc/hostname') });
    const said = `manifest-schema ${path}: not a JSON document this tool accepts: it is a symbolic link, not a file`;
    expect(found(r, 'pre-commit')).toContain(said);
    expect(found(r.commit('link'), 'all')).toContain(said);
  });
});
