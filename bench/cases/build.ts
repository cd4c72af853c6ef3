import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cliPath } from '../../test/kit/cli.js';
import { sam } from '../../test/kit/peers.js';
import { type Repo, repo } from '../../test/kit/repo.js';
import { tempFolder } from '../../test/kit/temp.js';
import type { Variant } from '../measure.js';
import type { Case } from './case.js';
import { interpreter } from './interpreter.js';

const script = fileURLToPath(new URL('original-build.py', import.meta.url));

export const build: Case = {
  id: 'build',
  title: 'build of a source layer, 23 files, 0.3 MB',
  variants: ({ repo }) => [...ways(repo, 'core'), samBuild(repo)],
};

/** As many files as a tree of packages has, 40 MB, a part of which deflate cannot make smaller. */
export const large: Case = {
  id: 'large',
  title: 'build of a layer of 40 MB, 3,000 files',
  alone: { runs: 5 },
  variants: () => ways(tree(), 'deps'),
};

function ways(made: Repo, name: string): Variant[] {
  const place = { cwd: made.dir, env: made.env };
  const run = [process.execPath, cliPath(), 'build', name] as const;
  const forget = () => {
    for (const folder of ['.build', '.git/layer-policy'])
      rmSync(join(made.dir, folder), { recursive: true, force: true });
  };
  const zip = ['zip', '-q', '-9', '-r', `.git/${name}.zip`, `src/${name}`] as const;
  return [
    {
      name: "the original scripts' way, python3 zipfile",
      command: [interpreter(), script, name],
      ...place,
      prepare: forget,
    },
    { name: 'layer-policy build, the first', command: run, ...place, prepare: forget },
    { name: 'layer-policy build, once more', command: run, ...place },
    {
      name: 'zip -9 of the folder alone',
      command: zip,
      ...place,
      prepare: () => rmSync(join(made.dir, `.git/${name}.zip`), { force: true }),
    },
  ];
}

/** It copies and brings packages, of which there are none here; the zip comes at its deploy. */
function samBuild({ dir, env }: Repo): Variant {
  const folder = tempFolder('bench-sam');
  cpSync(join(dir, 'src/core'), join(folder, 'src/core'), { recursive: true });
  const layer = {
    Type: 'AWS::Serverless::LayerVersion',
    Properties: { ContentUri: 'src', CompatibleRuntimes: ['python3.11'] },
    Metadata: { BuildMethod: 'python3.11' },
  };
  const template = { Transform: 'AWS::Serverless-2016-10-31', Resources: { Core: layer } };
  writeFileSync(join(folder, 'src/requirements.txt'), '');
  writeFileSync(join(folder, 'template.yaml'), JSON.stringify(template));
  return {
    name: 'sam build, which zips nothing',
    command: [sam(), 'build'],
    cwd: folder,
    env: { ...env, SAM_CLI_TELEMETRY: '0' },
    prepare: () => rmSync(join(folder, '.aws-sam'), { recursive: true, force: true }),
  };
}

function tree(): Repo {
  const layer = { build: 'source', source: 'src/deps', versionKey: 'DEPS_VERSION', layerName: 'deps-{env}' };
  let state = 7;
  const noise = (length: number) =>
    Array.from({ length: length / 8 }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state.toString(36).padStart(8, '0').slice(0, 8);
    }).join('');
  const code = Array.from(
    { length: 300 },
    (_, i) => `def part_${i}(items):\n    return [x for x in items if x]\n`,
  ).join('');
  const files = Array.from({ length: 3000 }, (_, i): [string, string] => {
    const text = i % 10 === 0 ? `DATA = "${noise(60_000)}"\n` : `# ${i}\n${code.slice(0, 3000 + ((i * 37) % 9000))}`;
    return [`src/deps/package_${i % 60}/module_${i}.py`, text];
  });
  const made = repo({ dir: tempFolder('bench-large') });
  const policy = { versionFile: 'VERSION', baseBranch: 'develop', layers: { deps: layer } };
  return made.commit('init', {
    '.layerpolicyrc.json': JSON.stringify(policy),
    '.gitignore': '/.build/*\n!/.build/README.md\n',
    VERSION: 'DEPS_VERSION=1.0.0\n',
    ...Object.fromEntries(files),
  });
}
