/**
 * A run of `release` that ends itself by SIGKILL after its nth effect, whatever that is: a file written, a line appended to
 * the journal, an object stored, a version published, a ref moved. The program has no such switch; this wraps its ports.
 *
 * Arguments: how many effects to allow, then the command line of `release`. Prints how many there were when it lives.
 */

import { parseCommandLine } from '../../src/args.js';
import type { Command, FlagSpec, Flags } from '../../src/commands/command.js';
import { release } from '../../src/commands/release.js';
import { realEnv } from '../../src/env.js';
import { localRegistry } from '../../src/io/registry/local.js';
import type { Env } from '../../src/ports.js';

const [allowed = '', ...argv] = process.argv.slice(2);
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
  registry: async ({ name }) => {
    const registry = await localRegistry(await real.git.root(), files, name, () => Date.now());
    return wrapped(registry, ['put', 'publish']);
  },
};
const { flags, args } = parseCommandLine(release as Command, argv);
const outcome = await release.run(env, flags as Flags<Record<string, FlagSpec>>, args);
real.close();
console.log(JSON.stringify({ effects, exit: outcome.exit }));
