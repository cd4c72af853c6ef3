import { loadConfig } from '../config/load.js';
import { failure } from '../errors.js';
import type { Declarations, Layer } from '../layer/declarations.js';
import { named } from '../layer/named.js';
import { placesOf } from '../layer/packages/asked.js';
import { lockText } from '../layer/packages/lock-file.js';
import { lockPath } from '../layer/packages/lock-path.js';
import { pathspec } from '../layer/shell.js';
import type { Env, Style } from '../ports.js';
import { defineCommand } from './command.js';

interface Locked {
  layer: string;
  source: string;
  /** The lock. */
  file: string;
  packages: { name: string; version: string }[];
  /** It says something else than before. */
  changed: boolean;
  /** The command that commits it. */
  next: string;
}

export const lock = defineCommand({
  name: 'lock',
  summary: 'resolve requirements into a lock with hashes',
  args: '[layer]',
  flags: {},
  examples: [
    ['layer-policy lock', 'write the lock of every layer that is built from requirements'],
    ['layer-policy lock common-deps', 'of one: src/requirements.txt gets src/requirements.lock beside it'],
  ],
  async run(env, flags, args) {
    if (args.length > 1) throw usage('Give one layer, or none for all.');
    const { declarations, notices } = await loadConfig(env, flags, env.git.index());
    const locks: Locked[] = [];
    for (const layer of chosen(declarations, args[0])) {
      env.out.progress(`locking ${layer.name}`);
      locks.push(await lockLayer(env, layer));
    }
    env.out.progress('');
    return {
      exit: 0,
      document: { schema: 1, ok: true, locks, notices },
      text: (style) => [...notices.map(style.dim), ...locks.flatMap((one) => tell(style, one)), ''].join('\n'),
    };
  },
});

function chosen({ layers }: Declarations, name: string | undefined): Layer[] {
  if (name === undefined) {
    const all = Object.values(layers).filter(({ build }) => build === 'requirements');
    if (all.length === 0) throw usage('No layer of this policy is built from requirements.');
    return all;
  }
  const layer = named(layers, name, 'layer');
  if (layer.build !== 'requirements') throw usage(`${name} is built from ${layer.build}, so there is nothing to lock.`);
  return [layer];
}

/** Reads the requirements as they are on disk, staged or not: who edits them locks before committing. */
async function lockLayer(env: Env, layer: Layer): Promise<Locked> {
  const { name, source } = layer;
  const root = await env.git.root();
  const kind = (await env.files.look(`${root}/${source}`))?.kind;
  const bytes = kind === 'file' ? await env.files.read(`${root}/${source}`) : null;
  if (bytes === null) {
    const problem = kind === undefined ? 'it is not there' : 'it is not a regular file';
    throw failure('requirements-refused', {
      file: source,
      problem,
      fix: `Write the requirements there, or correct "source" of ${name} in the policy.`,
    });
  }
  const { runtimes, architectures, natives } = layer;
  const packages = await env.packages.lock({ source, bytes, runtimes, architectures, natives });
  const file = lockPath(source);
  const text = lockText(name, packages, placesOf(layer));
  const before = await env.files.read(`${root}/${file}`);
  const changed = before === null || new TextDecoder().decode(before) !== text;
  if (changed) await env.files.write(`${root}/${file}`, new TextEncoder().encode(text));
  const next = `git add -- ${pathspec(source)} ${pathspec(file)} && git commit -m "build: lock ${name}"`;
  const listed = packages.map(({ name, version }) => ({ name, version })).sort((a, b) => (a.name < b.name ? -1 : 1));
  return { layer: name, source, file, packages: listed, changed, next };
}

function tell(style: Style, { layer, file, packages, changed, next }: Locked): string[] {
  const what = `${packages.length} packages`;
  if (!changed) return [`${style.green('✔')} ${layer}: ${file} holds already (${what})`];
  const list = packages.map(({ name, version }) => `${name} ${version}`).join(', ');
  return [
    `${style.green('✔')} ${layer} → ${style.bold(file)} (${what})`,
    style.dim(`  ${list}`),
    `${style.dim('next:')} ${next}`,
  ];
}

function usage(problem: string) {
  return failure('usage', { problem, command: 'lock' });
}
