/**
 * npm runs this in a checkout, and where somebody installs from git, as the pre-commit framework does: what is needed to
 * build may then be missing, because `npm install --global <git>` makes npm fetch it into the global folder instead.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const npm = (...args) => {
  const env = { ...process.env, npm_config_global: 'false', npm_config_location: 'project' };
  const { status } = spawnSync('npm', args, { stdio: 'inherit', env, shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
};

if (existsSync('node_modules/tsx')) {
  // Without a work tree of its own there are no hooks to set, and husky says so.
  if (process.env.CI !== 'true') spawnSync(process.execPath, ['node_modules/husky/bin.js'], { stdio: 'ignore' });
} else {
  npm('ci', '--ignore-scripts', '--no-audit', '--no-fund');
}
npm('run', 'build');
