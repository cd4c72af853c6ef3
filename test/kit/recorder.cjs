/** Preloaded into the CLI: writes what it loads and starts to the file that RECORD names. */
const Module = require('node:module');
const childProcess = require('node:child_process');
const { writeFileSync } = require('node:fs');

const loaded = [];
const started = [];

const load = Module._load;
Module._load = function (request, ...rest) {
  loaded.push(request);
  return load.call(this, request, ...rest);
};
for (const name of ['spawn', 'spawnSync', 'execFile', 'execFileSync', 'exec', 'execSync', 'fork']) {
  const original = childProcess[name];
  childProcess[name] = function (command, ...rest) {
    started.push([command, ...(Array.isArray(rest[0]) ? rest[0] : [])].join(' '));
    return original.call(this, command, ...rest);
  };
}
process.on('exit', () => writeFileSync(process.env.RECORD, JSON.stringify({ loaded, started })));
