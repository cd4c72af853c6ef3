/** Preloaded into the CLI: writes what it loads, starts, is told by what it started, and takes, to the file that RECORD names. */
const Module = require('node:module');
const childProcess = require('node:child_process');
const { writeFileSync } = require('node:fs');

const loaded = [];
const started = [];
let told = 0;

const load = Module._load;
Module._load = function (request, ...rest) {
  loaded.push(request);
  return load.call(this, request, ...rest);
};
for (const name of ['spawn', 'spawnSync', 'execFile', 'execFileSync', 'exec', 'execSync', 'fork']) {
  const original = childProcess[name];
  childProcess[name] = function (command, ...rest) {
    started.push([command, ...(Array.isArray(rest[0]) ? rest[0] : [])].join(' '));
    const child = original.call(this, command, ...rest);
    child.stdout?.on?.('data', (chunk) => {
      told += chunk.length;
    });
    return child;
  };
}
process.on('exit', () =>
  writeFileSync(
    process.env.RECORD,
    JSON.stringify({ loaded, started, told, memory: process.resourceUsage().maxRSS / 1024 }),
  ),
);
