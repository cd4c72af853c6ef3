/**
 * The main job on the example repository, told step by step: a violation is refused, then a layer is released to the
 * embedded registry, twice, so that its archive is seen too. Everything is real, in a temporary folder.
 */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'layer-policy-demo-'));
const inbox = join(folder, 'inbox');
const bin = join(folder, 'bin');
const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const bold = (text: string) => (colour ? `\x1b[1m${text}\x1b[0m` : text);
const dim = (text: string) => (colour ? `\x1b[2m${text}\x1b[0m` : text);

const { GIT_DIR, GIT_INDEX_FILE, GIT_WORK_TREE, ...outer } = process.env;
const env = {
  ...outer,
  PATH: [bin, process.env.PATH].join(delimiter),
  GIT_CONFIG_GLOBAL: join(folder, 'gitconfig'),
  GIT_CONFIG_NOSYSTEM: '1',
  ...(colour && { FORCE_COLOR: '1' }),
};

/** Runs a line as a user would type it and shows it; ends the demo when it does not end as it should. */
function step(line: string, expected: 'passes' | 'is refused' = 'passes'): void {
  console.log(`\n${bold(`$ ${line}`)}`);
  const { status } = spawnSync('sh', ['-c', `${line} 2>&1`], {
    cwd: inbox,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if ((status === 0) !== (expected === 'passes')) {
    console.error(`\nThe demo expected that this ${expected}, and it ended with ${status}. Its folder: ${folder}`);
    process.exit(1);
  }
}

function say(text: string): void {
  console.log(`\n${dim(`# ${text}`)}`);
}

function quiet(line: string): void {
  const { status, stderr } = spawnSync('sh', ['-c', line], { cwd: inbox, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${line}: ${stderr}`);
}

mkdirSync(bin);
writeFileSync(join(bin, 'layer-policy'), `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/bin.cjs')}' "$@"\n`);
chmodSync(join(bin, 'layer-policy'), 0o755);
cpSync('examples/inbox', inbox, { recursive: true });
writeFileSync(
  env.GIT_CONFIG_GLOBAL,
  '[user]\n\tname = Demo\n\temail = demo@example.com\n[init]\n\tdefaultBranch = develop\n',
);
quiet('git init -q && git add -A && git commit -qm "the example"');

say('A Python repository with Lambda layers and a policy. Its hooks:');
step('layer-policy install');

say('Somebody commits a build by mistake.');
mkdirSync(join(inbox, '.build', 'layers'), { recursive: true });
writeFileSync(join(inbox, '.build', 'layers', 'inbox-core-final.zip'), 'PK');
step('git add -f .build/layers/inbox-core-final.zip && git commit -m "save my build"', 'is refused');
step('git rm -q -r --cached -- .build/layers/inbox-core-final.zip && rm .build/layers/inbox-core-final.zip');

say(
  'The whole tree keeps the policy, so its layer can be released: here to the embedded registry, with the full record.',
);
step('layer-policy check');
step('layer-policy release inbox-core --env local --record');

say('The source changes, and its version with it.');
appendFileSync(join(inbox, 'src_v2', 'inbox_core', '__init__.py'), '\nDEMO = True\n');
step('git commit -am "feat: a demo constant"', 'is refused');
step('layer-policy bump inbox-core minor && git commit -qam "feat: a demo constant"');
step('layer-policy release inbox-core --env local --record');

say('Once more does nothing.');
step('layer-policy release inbox-core --env local --record');

say('What there is now: manifest, archive, tags, registry.');
step('cat layer_management/active/inbox-core/manifest.json');
step('find layer_management/archive -type f | sort');
step('git tag -n1 && git log --oneline');
step('layer-policy status --env local');

const month = readdirSync(join(inbox, 'layer_management', 'archive')).find((name) => /^\d{4}-\d{2}$/.test(name));
const { version } = JSON.parse(readFileSync(join(inbox, 'layer_management/active/inbox-core/manifest.json'), 'utf8'));
console.log(
  `\n${bold(`inbox-core ${version} is released; its predecessor is in layer_management/archive/${month}/.`)}`,
);
rmSync(folder, { recursive: true, force: true });
