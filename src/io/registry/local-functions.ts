import { join } from 'node:path';
import { failure } from '../../errors.js';
import { localAccount, localRegion, parseLayerArn } from '../../layer/arn.js';
import type { Files, FunctionState, Functions, Python } from '../../ports.js';
import { localRegistry } from './local.js';
import { localAliases } from './local-aliases.js';
import { encode, localFolder } from './local-folder.js';

/** One function at one revision. */
interface Stored {
  functionName: string;
  handler: string;
  runtime: string;
  architectures: string[];
  layers: string[];
  code: { key: string; sha256: string };
}

/** Seconds, as a function may be given on Lambda; nothing here configures another one. */
const timeLimit = 60;

/**
 * The functions of a folder environment: `functions/{name}/{revision}.json`. Whoever creates the next number has made the
 * change, so two who start from one revision cannot both win. A real Python of this machine runs them.
 */
export async function localFunctions(
  root: string,
  files: Files,
  environment: string,
  python: Pick<Python, 'invoke'>,
): Promise<Functions> {
  const at = await localFolder(root, files, environment);
  const { path: folder, damaged, document, numbers } = at;
  const registry = await localRegistry(root, files, environment, () => 0);
  const aliases = localAliases(at, files, environment);
  const folderOf = (name: string) => join(folder, 'functions', validName(environment, name));

  /** Of `qualifier`, an alias or a revision; without one of the last revision. */
  async function read(name: string, qualifier?: string): Promise<{ stored: Stored; revision: number } | null> {
    const all = await numbers(folderOf(name));
    const isOne = qualifier === undefined || /^\d+$/.test(qualifier);
    const wanted = isOne ? qualifier : (await aliases.alias(name, qualifier))?.version;
    const revision = qualifier === undefined ? all[0] : all.find((one) => String(one) === wanted);
    if (revision === undefined) return null;
    const path = join(folderOf(name), `${revision}.json`);
    const stored = await document<Stored>(path, shape);
    if (stored === null) throw damaged(path, 'it is gone');
    const isSound =
      stored.functionName === name &&
      [stored.layers, stored.architectures].every(isListOfNames) &&
      /^[0-9a-f]{64}$/.test(stored.code.sha256) &&
      typeof stored.code.key === 'string';
    if (!isSound) throw damaged(path, 'it is no function of this name');
    return { stored, revision };
  }

  async function there(name: string, qualifier?: string) {
    const found = await read(name, qualifier);
    if (found === null) throw failure('function-absent', { functionName: name, environment });
    return found;
  }

  async function write(name: string, from: string | null, change: (before: Stored | null) => Stored): Promise<void> {
    const before = await read(name);
    if ((before === null ? null : String(before.revision)) !== from) throw changed(name);
    const path = join(folderOf(name), `${(before?.revision ?? 0) + 1}.json`);
    if (!(await files.create(path, encode(change(before?.stored ?? null))))) throw changed(name);
  }

  const changed = (functionName: string) =>
    failure('function-changed', { functionName, environment, problem: 'it is not at the revision that was read' });

  /** The layers as Lambda would take them. */
  async function refuseLayers(functionName: string, layers: readonly string[]): Promise<void> {
    const refuse = (problem: string) =>
      failure('function-refused', { functionName, environment, problem, fix: 'Correct "layers" of the function.' });
    if (layers.length > 5) throw refuse('a function has at most 5 layers');
    const names = layers.map((arn) => arn.replace(/:\d+$/, ''));
    if (new Set(names).size < names.length) throw refuse('two versions of one layer');
    for (const arn of layers) if (isOurs(arn) && (await keyOf(arn)) === null) throw refuse(`there is no ${arn}`);
  }

  /** The key of the zip that a layer version of this environment holds; null where there is no such version. */
  async function keyOf(arn: string): Promise<string | null> {
    const parsed = parseLayerArn(arn);
    if (parsed === null) return null;
    const path = join(folder, 'versions', parsed.layerName, `${parsed.version}.json`);
    return (await document<{ key: string }>(path, { key: 'string' }))?.key ?? null;
  }

  async function stateOf(name: string, qualifier?: string): Promise<FunctionState | null> {
    const found = await read(name, qualifier);
    if (found === null) return null;
    const { runtime, architectures, layers, code } = found.stored;
    return {
      functionName: name,
      version: qualifier === undefined ? '$LATEST' : String(found.revision),
      arn: arnOf(name),
      ...{ runtime, architectures, layers },
      codeSha256: code.sha256,
      codeKey: code.key,
      revision: String(found.revision),
      status: 'ready',
      reason: null,
    };
  }

  return {
    environment,
    get: stateOf,
    async setLayers(name, layers, revision) {
      const { stored } = await there(name);
      await refuseLayers(name, layers);
      await write(name, revision, (before) => ({ ...(before ?? stored), layers: [...layers] }));
    },
    async setCode(name, code, revision, fresh) {
      const object = await registry.head(code.key);
      if (object?.sha256 !== code.sha256) throw failure('object-absent', { key: code.key, environment });
      await write(name, revision, (before) => ({
        ...(before ?? { functionName: name, ...fresh, layers: [] }),
        code: { key: code.key, sha256: code.sha256 },
      }));
    },
    ...aliases,
    prove: async () => {},
    async publish(name, { sha256, revision }) {
      const { stored, revision: now } = await there(name);
      if (String(now) !== revision || stored.code.sha256 !== sha256) throw changed(name);
      // Every revision stays as it is, so each is a version.
      return revision;
    },
    async versions(name) {
      const found = await Promise.all((await numbers(folderOf(name))).map((one) => stateOf(name, String(one))));
      return found.filter((one) => one !== null);
    },
    async settled(name, qualifier) {
      await there(name, qualifier);
      return (await stateOf(name, qualifier)) as FunctionState;
    },
    async invoke(name, event, qualifier) {
      const { stored } = await there(name, qualifier);
      const { runtime, handler } = stored;
      const layers: Uint8Array[] = [];
      for (const arn of stored.layers) {
        // A layer of another account is not here to be had; what needs it says so when it runs.
        if (!isOurs(arn)) continue;
        const key = await keyOf(arn);
        if (key === null) throw damaged(folder, `${name} needs ${arn}, which is gone`);
        layers.push(await registry.get(key));
      }
      const code = await registry.get(stored.code.key);
      const request = { functionName: name, arn: arnOf(name), runtime, handler, code, layers, event, limit: timeLimit };
      const answer = await python.invoke(request);
      if (answer !== null) return answer;
      throw failure('runtime-missing', { functionName: name, runtime, version: runtime.replace('python', '') });
    },
    async configuration(name) {
      const { stored, revision } = await there(name);
      return { ...stored, arn: arnOf(name), revision: String(revision) };
    },
    async references() {
      const found: { arn: string; by: string }[] = [];
      for (const name of await files.list(join(folder, 'functions'))) {
        const add = (state: FunctionState | null, by: string) =>
          found.push(...(state?.layers ?? []).map((arn) => ({ arn, by })));
        add(await stateOf(name), `function ${name}`);
        for (const one of await aliases.names(name)) add(await stateOf(name, one), `function ${name}, alias ${one}`);
      }
      return found;
    },
  };
}

const shape = {
  functionName: 'string',
  handler: 'string',
  runtime: 'string',
  architectures: 'object',
  layers: 'object',
  code: 'object',
} as const;

const isListOfNames = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === 'string');

const isOurs = (arn: string) => parseLayerArn(arn)?.account === localAccount;

const arnOf = (name: string) => `arn:aws:lambda:${localRegion}:${localAccount}:function:${name}`;

/** As Lambda takes them, so that what works here works there. */
function validName(environment: string, functionName: string): string {
  if (/^[a-zA-Z0-9_-]{1,64}$/.test(functionName)) return functionName;
  const fix = 'Correct "functionName" in the policy: letters, digits, - and _, at most 64 of them.';
  throw failure('function-refused', { functionName, environment, problem: 'it is no name of a function', fix });
}
