#!/usr/bin/env node
/**
 * Compiling main.js would cost a hook a fifth of its time. The first commit's hook keeps what V8 compiled for it beside
 * main.js, where only those can write who can write main.js; where it cannot be kept, each run compiles as ever. V8 takes
 * it for the same source, version and flags only; the name, for the same build of Node.
 */
const version = process.versions.node.split('.').map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  // Whatever Node this is has to be able to read what it is told.
  process.stderr.write(
    '✖ layer-policy needs Node 20.19 or newer, and this is ' +
      process.version +
      ' (' +
      process.execPath +
      ').\n' +
      '  → Install one: nvm install 22, volta install node@22, or from nodejs.org\n' +
      '  → In a Git GUI, where a terminal has a newer one: sudo ln -sf "$(command -v node)" /usr/local/bin/\n',
  );
  process.exit(4);
}
const { openSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { Script } = require('node:vm');

const filename = `${__dirname}/main.js`;
const kept = `${__dirname}/main.${process.version}-${process.arch}.compiled`;

function compiled() {
  try {
    return readFileSync(kept);
  } catch {
    return undefined;
  }
}

function keep() {
  const draft = `${kept}.${process.pid}`;
  try {
    const file = openSync(draft, 'wx');
    // Half a file would be taken for a whole one: V8 counts no bits.
    writeFileSync(file, script.createCachedData(), { flush: true });
    renameSync(draft, kept);
  } catch {
    rmSync(draft, { force: true });
  }
}

const script = new Script(readFileSync(filename, 'utf8'), { filename, cachedData: compiled() });
if (script.cachedDataRejected !== false && process.argv.includes('pre-commit')) {
  process.once('exit', (code) => code <= 1 && keep());
}
script.runInThisContext()(module, require);
