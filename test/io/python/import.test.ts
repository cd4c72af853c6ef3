import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { realPython } from '../../../src/io/python/index.js';
import { tempFolder } from '../../kit/temp.js';
import { forge, type Part } from '../zip/forge.js';

const found = spawnSync('python3', ['-c', 'import sys; print(sys.executable, "python%d.%d" % sys.version_info[:2])'], {
  encoding: 'utf8',
});
const [executable = '', runtime = ''] = found.stdout.trim().split(' ');
const bin = tempFolder('python');
symlinkSync(executable, join(bin, runtime));

function importing(limit: number, parts: Part[], modules: string[]) {
  const acts: (() => void)[] = [];
  const vars = { PATH: [bin, '/usr/bin', '/bin'].join(delimiter) };
  const python = realPython({ vars, limit, atExit: (act) => acts.push(act) });
  const zips = [{ source: forge(parts), folders: ['python'] }];
  const interrupt = () => {
    for (const act of acts) act();
  };
  return { result: python.importAll({ runtime, zips, modules }), interrupt };
}

const module = (name: string, text: string): Part => ({ name: `python/${name}.py`, data: text });
const endless = (pidFile: string) =>
  module(
    'endless',
    [
      'import subprocess, sys, time',
      `child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])`,
      `open(${JSON.stringify(pidFile)}, 'w').write(str(child.pid))`,
      'time.sleep(600)',
    ].join('\n'),
  );

const isRunning = (pid: number) =>
  existsSync(`/proc/${pid}`) && !/State:\s*Z/.test(readFileSync(`/proc/${pid}/status`, 'utf8'));

it('what does not end is ended, with all that it started; what comes after it is not tried', async () => {
  const pidFile = join(tempFolder('pid'), 'pid');
  const started = performance.now();
  const parts = [module('a', ''), endless(pidFile), module('z', '1/0')];
  const failures = await importing(2, parts, ['a', 'endless', 'z']).result;
  expect(failures).toEqual([{ module: 'endless', error: expect.stringContaining('took more than 2 s') }]);
  expect(performance.now() - started).toBeLessThan(20_000);
  await setTimeout(200);
  expect(isRunning(Number(readFileSync(pidFile, 'utf8')))).toBe(false);
});

it('an interrupted run leaves no process and no files', async () => {
  const pidFile = join(tempFolder('pid'), 'pid');
  const { result, interrupt } = importing(60, [endless(pidFile)], ['endless']);
  while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') await setTimeout(50);
  interrupt();
  expect(await result).toHaveLength(1);
  await setTimeout(200);
  expect(isRunning(Number(readFileSync(pidFile, 'utf8')))).toBe(false);
});

it('a module that leaves a process in a group of its own is not waited for', { timeout: 15_000 }, async () => {
  const text = 'import os, time\nif os.fork() == 0:\n    os.setsid()\n    time.sleep(20)\n    os._exit(0)\n';
  const { result } = importing(10, [module('leaver', text)], ['leaver']);
  expect(await result).toEqual([]);
});

it('a module that talks for ever is ended', async () => {
  const loud = module('loud', "import os\nwhile True: os.write(3, b'x' * 65536)\n");
  const failures = await importing(30, [loud], ['loud']).result;
  expect(failures).toEqual([{ module: 'loud', error: expect.stringContaining('SIGKILL') }]);
});

it('a zip that became another one since it was judged is not unpacked', async () => {
  for (const name of ['../up.py', '/etc/x', 'python/a\\b.py']) {
    const { result } = importing(10, [{ name, data: 'x = 1\n' }], ['a']);
    await expect(result).rejects.toMatchObject({ code: 'zip-invalid', exit: 3 });
  }
});
