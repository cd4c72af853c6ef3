/**
 * A run of a writing command that ends itself by SIGKILL after its nth effect, whatever that is: a file written, a line appended to
 * the journal, an object stored, a version published, a function changed, a ref moved. The program has no such switch; this wraps its ports.
 * Those of an environment in AWS are left alone: what befalls its requests is for a proxy to say.
 *
 * Arguments: how many effects to allow, a half more to end before the next one, three quarters more to end with half of the
 * next line in the journal; then the command line, `release` where it names none. Prints which there were when it lives.
 */

import { relative } from 'node:path';
import { parseCommandLine } from '../../src/args.js';
import { archive } from '../../src/commands/archive.js';
import type { Command, FlagSpec, Flags } from '../../src/commands/command.js';
import { init } from '../../src/commands/init.js';
import { promote } from '../../src/commands/promote.js';
import { release } from '../../src/commands/release.js';
import { resume } from '../../src/commands/resume.js';
import { rollback } from '../../src/commands/rollback.js';
import { realEnv } from '../../src/env.js';
import { localRegistry } from '../../src/io/registry/local.js';
import { localFunctions } from '../../src/io/registry/local-functions.js';
import type { Env } from '../../src/ports.js';

const [allowed = '', ...line] = process.argv.slice(2);
const commands: Record<string, Command> = {
  release: release as Command,
  promote: promote as Command,
  rollback: rollback as Command,
  archive: archive as Command,
  init: init as Command,
  resume: resume as Command,
};
const named = commands[line[0] ?? ''];
const command = named ?? (release as Command);
const argv = named === undefined ? line : line.slice(1);
let effects = 0;
const made: string[] = [];

function wrapped<Port extends object>(port: Port, names: readonly (keyof Port & string)[]): Port {
  return new Proxy(port, {
    get(target, name) {
      const real = Reflect.get(target, name);
      if (typeof real !== 'function' || !names.some((one) => one === name)) return real;
      return async (...args: unknown[]) => {
        const left = Number(allowed) - effects;
        if (left <= 0.5) process.kill(process.pid, 'SIGKILL');
        if (left === 0.75 && name === 'append') {
          const [path, bytes] = args as [string, Uint8Array];
          await real.apply(target, [path, bytes.subarray(0, Math.floor(bytes.length / 2))]);
          process.kill(process.pid, 'SIGKILL');
        }
        made.push([name, typeof args[0] === 'string' ? relative('.', args[0]) : ''].join(' ').trim());
        const result = await real.apply(target, args);
        effects += 1;
        if (effects >= Number(allowed)) process.kill(process.pid, 'SIGKILL');
        return result;
      };
    },
  });
}

const real = realEnv(process, { cwd: undefined, color: false, quiet: false });
const files = wrapped(real.files, ['write', 'create', 'append', 'move', 'remove']);
const env: Env = {
  ...real,
  files,
  gitWriter: wrapped(real.gitWriter, ['prepare', 'advance', 'tag']),
  store: async (place) => ('folder' in place ? wrapped(await real.store(place), ['create']) : real.store(place)),
  registry: async (target) => {
    if (target.target === 'aws') return real.registry(target);
    const registry = await localRegistry(await real.git.root(), files, target.name, () => Date.now());
    return wrapped(registry, ['put', 'publish']);
  },
  functions: async (target) => {
    if (target.target === 'aws') return real.functions(target);
    const functions = await localFunctions(await real.git.root(), files, target.name, real.python);
    return wrapped(functions, ['setCode', 'setLayers']);
  },
};
const { flags, args } = parseCommandLine(command, argv);
const outcome = await command.run(env, flags as Flags<Record<string, FlagSpec>>, args);
real.close();
console.log(JSON.stringify({ effects, names: made, exit: outcome.exit }));
