import { cliPath } from '../../test/kit/cli.js';
import { repo } from '../../test/kit/repo.js';
import { tempFolder } from '../../test/kit/temp.js';
import type { Case } from './case.js';

const count = 1000;

/** A repository of its own, whatever the size of the others. */
export const layers: Case = {
  id: 'layers',
  title: `${count.toLocaleString('en')} declared layers`,
  variants() {
    const names = Array.from({ length: count }, (_, i) => `layer-${i}`);
    const key = (name: string) => `${name.toUpperCase().replaceAll('-', '_')}_VERSION`;
    const declared = names.map((name) => [
      name,
      { build: 'source', source: `src/${name}`, versionKey: key(name), layerName: `${name}-{env}` },
    ]);
    const made = repo({ dir: tempFolder('bench-layers') }).commit('init', {
      '.layerpolicyrc.json': JSON.stringify({ baseBranch: 'develop', layers: Object.fromEntries(declared) }),
      '.gitignore': '/.build/*\n!/.build/README.md\n',
      VERSION: names.map((name) => `${key(name)}=1.0.0\n`).join(''),
      ...Object.fromEntries(names.map((name) => [`src/${name}/__init__.py`, `NAME = "${name}"\n`])),
    });
    made.branch('work').stage({
      'src/layer-7/__init__.py': 'NAME = "seven"\n',
      VERSION: names.map((name) => `${key(name)}=1.${name === 'layer-7' ? 1 : 0}.0\n`).join(''),
    });
    const place = { cwd: made.dir, env: made.env };
    const check = (stage: string) => [process.execPath, cliPath(), 'check', '--stage', stage] as const;
    return [
      { name: 'node -e 0', command: [process.execPath, '-e', '0'], ...place },
      { name: 'check --stage pre-commit, one of them changed', command: check('pre-commit'), ...place },
      { name: 'check --stage all', command: check('all'), ...place },
    ];
  },
};
