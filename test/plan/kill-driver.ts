/**
 * A run of a writing command that ends itself by SIGKILL after its nth effect, whatever that is: a file written, a line appended to
 * the journal, an object stored, a version published, a function changed, a ref moved. The program has no such switch; this wraps its ports.
 *
 * Arguments: how many effects to allow, then the command line, `release` where it names none. Prints how many there were when it lives.
 */

import { parseCommandLine } from '../../src/args.js';
import { archive } from '../../src/commands/archive.js';
import type { Command, FlagSpec, Flags } from '../../src/commands/command.js';
import { promote } from '../../src/commands/promote.js';
import { release } from '../../src/commands/release.js';
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
};
const named = commands[line[0] ?? ''];
const command = named ?? (release as Command);
const argv = named === undefined ? line : line.slice(1);
let effects = 0;

function wrapped<Port extends object>(port: Port, names: readonly (keyof Port & string)[]): Port {
  return new Proxy(port, {
    get(target, name) {
      const real = Reflect.get(target, name);
      if (typeof real !== 'function' || !names.some((one) => one === name)) return real;
      return async (...args: unknown[]) => {
        if (effects >= Number(allowed)) process.kill(process.pid, 'SIGKILL');
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
  store: async (place) => wrapped(await real.store(place), ['create']),
  registry: async ({ name }) => {
    const registry = await localRegistry(await real.git.root(), files, name, () => Date.now());
    return wrapped(registry, ['put', 'publish']);
  },
  functions: async ({ name }) => {
    const functions = await localFunctions(await real.git.root(), files, name, real.python);
    return wrapped(functions, ['setCode', 'setLayers']);
  },
};
const { flags, args } = parseCommandLine(command, argv);
const outcome = await command.run(env, flags as Flags<Record<string, FlagSpec>>, args);
real.close();
console.log(JSON.stringify({ effects, exit: outcome.exit }));
