import { loadConfig } from '../config/load.js';
import { failure } from '../errors.js';
import { isoDate } from '../layer/artefact.js';
import { type BuildManifest, builtLayer } from '../layer/build-manifest.js';
import type { Declarations, Layer } from '../layer/declarations.js';
import { named } from '../layer/named.js';
import { expand } from '../layer/names.js';
import type { Artefact, Builder, Env, Oid, Style } from '../ports.js';
import { printable } from '../report/printable.js';
import { defineCommand } from './command.js';

const folder = '.build/layers';

interface Buildable {
  layer: Layer;
  builder: Builder;
}

export const build = defineCommand({
  name: 'build',
  summary: 'build artefacts from a commit',
  args: '[name...]',
  flags: {
    ref: {
      type: 'string',
      value: 'REV',
      help: 'the commit to build from (default HEAD); uncommitted changes never count',
    },
  },
  examples: [
    ['layer-policy build', 'build every layer of HEAD into .build/layers/'],
    ['layer-policy build inbox-core --ref v1.2.3', 'build one layer as it was at a tag'],
  ],
  async run(env, flags, args) {
    const rev = flags.ref ?? 'HEAD';
    const tip = await env.git.commit(rev);
    if (tip === null) throw failure('unknown-revision', { rev, flag: '--ref' });
    const { declarations, notices } = await loadConfig(env, flags, env.git.tree(tip));
    const { wanted, skipped } = choose(env, declarations, args);

    const artefacts: Artefact[] = [];
    for (const { layer, builder } of wanted) {
      env.out.progress(`building ${layer.name} (${artefacts.length + 1} of ${wanted.length})`);
      artefacts.push(await builder({ ...layer, versionFile: declarations.versionFile, tip }));
    }
    env.out.progress('');
    const manifest = await describe(env, tip, declarations, artefacts);
    await write(env, artefacts, manifest);
    return {
      exit: 0,
      document: { ok: true, ...manifest, skipped, notices },
      text: (style) => tell(style, tip, artefacts, [...notices, ...skipped.map(notBuilt)]),
    };
  },
});

/** With names: those, or a refusal. Without: all that this version can build; what it cannot is said. */
function choose(
  env: Env,
  { layers, functions }: Declarations,
  names: string[],
): { wanted: Buildable[]; skipped: Skipped[] } {
  const wanted: Buildable[] = [];
  const skipped: Skipped[] = [];
  const declared: Record<string, Layer | { name: string }> = { ...layers, ...functions };
  const chosen = names.length > 0 ? [...new Set(names)] : Object.keys({ ...layers, ...functions });
  for (const name of chosen) {
    const one = named(declared, name, 'layer or function');
    const method = 'build' in one ? one.build : 'function';
    const builder = env.builder(method);
    if (builder !== null && 'build' in one) wanted.push({ layer: one, builder });
    else skipped.push({ name, method });
  }
  const [first] = skipped;
  if (first !== undefined && (names.length > 0 || wanted.length === 0)) {
    const buildable = Object.values(layers).filter((layer) => env.builder(layer.build) !== null);
    throw failure('not-built-here', { ...first, buildable: buildable.map(({ name }) => name).join(', ') || 'none' });
  }
  return { wanted, skipped };
}

interface Skipped {
  name: string;
  method: string;
}

const notBuilt = ({ name, method }: Skipped) => `${name} is skipped: this version cannot build from ${method} yet.`;

async function describe(env: Env, tip: Oid, declarations: Declarations, artefacts: Artefact[]): Promise<BuildManifest> {
  const { time } = await env.git.commitInfo(tip);
  return {
    schema: 1,
    date: isoDate(time),
    git_sha: tip,
    git_branch: (await env.git.commit('HEAD')) === tip ? await env.git.branch() : null,
    git_tag: await tagAt(env, tip, declarations, artefacts),
    layers: Object.fromEntries(artefacts.map((artefact) => [artefact.name, builtLayer(artefact)])),
  };
}

async function tagAt(env: Env, tip: Oid, { layers }: Declarations, artefacts: Artefact[]): Promise<string | null> {
  for (const { name, version } of artefacts) {
    const tag = await env.git.tag(expand(layers[name]?.tag ?? '', { name, version }));
    if (tag?.commit === tip) return tag.name;
  }
  return null;
}

async function write(env: Env, artefacts: Artefact[], manifest: BuildManifest): Promise<void> {
  const root = await env.git.root();
  for (const { file, bytes } of artefacts) await env.files.write(`${root}/${folder}/${file}`, bytes);
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await env.files.write(`${root}/${folder}/manifest.json`, new TextEncoder().encode(text));
}

function tell(style: Style, tip: Oid, artefacts: Artefact[], notices: string[]): string {
  const lines = artefacts.map(({ name, version, file, size, sha256, left }) => {
    const without =
      left.length === 0 ? '' : style.dim(`\n  left out: ${left.map((path) => printable(path)).join(', ')}`);
    const facts = style.dim(`${(size / 1_048_576).toFixed(2)} MB, sha256 ${sha256.slice(0, 16)}…`);
    return `${style.green('✔')} ${name} ${style.bold(version)} → ${folder}/${file} (${facts})${without}`;
  });
  return [`Built from commit ${tip.slice(0, 12)}:`, ...lines, ...notices.map((notice) => style.dim(notice)), ''].join(
    '\n',
  );
}
