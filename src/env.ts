import { resolve } from 'node:path';
import { readGit } from './io/git/read.js';
import type { Cloud } from './io/registry/cloud.js';
import { terminal } from './io/terminal.js';
import type {
  Env,
  Files,
  GitWriter,
  Modules,
  Packages,
  Processes,
  Programs,
  Python,
  Sha256,
  Signing,
  Zip,
} from './ports.js';

declare const __VERSION__: string | undefined;

/** From package.json, set at build time; a run from source says so. */
export const version = typeof __VERSION__ === 'string' ? __VERSION__ : '0.0.0-source';

export interface EnvOptions {
  cwd: string | undefined;
  color: boolean;
  quiet: boolean;
  verbose?: boolean;
}

/**
 * The real world. Whatever a hook does not need (files, hashes, zip, registries, simple-git) is loaded at its first use
 * and not before: a commit pays for what it uses.
 */
export function realEnv(host: NodeJS.Process, options: EnvOptions): Env & { close(): void } {
  const cwd = resolve(host.cwd(), options.cwd ?? '.');
  const out = terminal(host, options);
  // Variables that name the repository belong to the folder git started us in, not to another one.
  const vars = cwd === resolve(host.cwd()) ? host.env : withoutRepository(host.env);
  const git = readGit({ cwd, vars });
  const self = host.argv[1] ?? 'layer-policy';

  const files = deferred<Files>(async () => (await import('./io/files.js')).files);
  const zip = deferred<Zip>(async () =>
    (await import('./io/zip/index.js')).keepingZip(
      async () => `${await git.commonDir()}/layer-policy/entries`,
      version,
    ),
  );
  const signing = deferred<Signing>(async () => (await import('./io/signing.js')).signing);
  const modules = deferred<Modules>(async () => (await import('./io/modules.js')).nodeModules(self));
  const processes = deferred<Processes>(async () => (await import('./io/processes.js')).processes);
  const programs = deferred<Programs>(async () =>
    (await import('./io/programs.js')).programsOn(vars, host.getBuiltinModule('node:os').tmpdir()),
  );
  const last: (() => void)[] = [];
  const atExit = (act: () => void) => {
    if (last.push(act) === 1) host.once('exit', () => last.forEach((one) => void one()));
  };
  const python = deferred<Python>(async () => {
    return (await import('./io/python/index.js')).realPython({ vars, atExit });
  });
  const packages = deferred<Packages>(async () => {
    const { lockRequirements } = await import('./io/builder/requirements/lock.js');
    return { lock: (request) => lockRequirements({ git, zip, files, sha256, vars, atExit }, request) };
  });
  const gitWriter = deferred<GitWriter>(async () =>
    (await import('./io/git/write.js')).writeGit({ root: await git.root(), vars }),
  );
  const cloud = deferred<Cloud>(async () => {
    // Which Node this version supports is for its own package.json to say.
    host.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
    const tell = (paint: (text: string) => string) => (line: string) => out.stderr(`${paint(line)}\n`);
    const say = options.verbose ? tell(out.styleError.dim) : () => {};
    return (await import('./io/registry/cloud.js')).cloud({ vars, version, say, warn: tell(out.styleError.yellow) });
  });
  const sha256: Sha256 = (bytes) =>
    host.getBuiltinModule('node:crypto').createHash('sha256').update(bytes).digest('hex');

  return {
    cwd,
    vars,
    out,
    git,
    gitWriter,
    files,
    zip,
    sha256,
    processes,
    programs,
    python,
    packages,
    signing,
    modules,
    builder(method) {
      const ports = { git, zip, sha256 };
      if (method === 'source')
        return async (request) => (await import('./io/builder/source.js')).buildSource(ports, request);
      if (method === 'function')
        return async (request) => (await import('./io/builder/function.js')).buildFunction(ports, request);
      return async (request) => {
        const { buildRequirements } = await import('./io/builder/requirements.js');
        return buildRequirements({ ...ports, files, vars, atExit }, request);
      };
    },
    async registry(environment) {
      if (environment.target === 'local') {
        const { localRegistry } = await import('./io/registry/local.js');
        return localRegistry(await git.root(), files, environment.name, () => Date.now());
      }
      return cloud.registry(environment);
    },
    async functions(environment) {
      if (environment.target === 'local') {
        const { localFunctions } = await import('./io/registry/local-functions.js');
        return localFunctions(await git.root(), files, environment.name, python);
      }
      return cloud.functions(environment);
    },
    async store(place) {
      if (!('folder' in place)) return cloud.store(place.environment, place.bucket, place.prefix);
      const { folderStore } = await import('./io/store/folder.js');
      return folderStore(place.folder, files, [await git.root(), await git.commonDir()]);
    },
    now: () => Date.now(),
    pause: (ms) => new Promise((done) => setTimeout(done, ms)),
    stdin: () => readAll(host.stdin),
    get ask() {
      if (!out.isTerminal || !host.stdin.isTTY) return null;
      return async (question: string) => (await import('./io/ask.js')).ask(question, host.stdin, host.stderr);
    },
    user: () => host.getBuiltinModule('node:os').userInfo().username,
    self,
    version,
    close: () => git.close(),
  };
}

/** A port whose implementation is imported when one of its methods is first called. All of them are asynchronous. */
function deferred<Port extends object>(load: () => Promise<Port>): Port {
  let loaded: Promise<Port> | null = null;
  return new Proxy({} as Port, {
    get:
      (_, name) =>
      async (...args: unknown[]) => {
        loaded ??= load();
        const method = (await loaded)[name as keyof Port] as (...args: unknown[]) => unknown;
        return method(...args);
      },
  });
}

function withoutRepository(vars: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_COMMON_DIR, GIT_PREFIX, ...rest } = vars;
  return rest;
}

async function readAll(stream: NodeJS.ReadStream): Promise<string> {
  if (stream.isTTY) return '';
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
