import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { getuid } from 'node:process';
import { type Browser, launch } from 'puppeteer-core';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** A real browser without a window; null where there is none and none can be installed here. `CHROMIUM` names another. */
export async function openBrowser(): Promise<Browser | null> {
  const executablePath = found() ?? (installed() ? found() : null);
  if (executablePath === null) return null;
  // Its sandbox needs what containers mostly forbid; it opens files of ours and nothing else.
  return launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--hide-scrollbars'] });
}

function found(): string | null {
  return [process.env.CHROMIUM ?? '', ...usual].find((path) => path !== '' && existsSync(path)) ?? null;
}

/** Debian's, where we may: on a fresh machine of CI. */
function installed(): boolean {
  if (getuid?.() !== 0) return false;
  const apt = (...args: string[]) => spawnSync('apt-get', args, { stdio: 'ignore' }).status === 0;
  return apt('install', '-y', 'chromium') || (apt('update') && apt('install', '-y', 'chromium'));
}
