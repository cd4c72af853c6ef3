import { loadConfig } from '../config/load.js';
import { exitCodes, failure } from '../errors.js';
import { isoDate } from '../layer/artefact.js';
import { type BuildManifest, builtArtefact } from '../layer/build-manifest.js';
import type { Declarations, LambdaFunction, Layer } from '../layer/declarations.js';
import { named } from '../layer/named.js';
import { expand } from '../layer/names.js';
import { printable } from '../layer/printable.js';
import { envelopeFile, payloadType, provenanceFile } from '../layer/provenance.js';
import { jsonText } from '../layer/released-manifest.js';
import { judgeFunctions } from '../plan/judge-functions.js';
import { readKey } from '../plan/key.js';
import { provenanceText } from '../plan/provenance.js';
import type { Verdict } from '../policy/verdict.js';
import type { Artefact, Builder, Env, Oid, Style } from '../ports.js';
import { checkDocument } from '../report/json.js';
import { pretty } from '../report/pretty.js';
import { defineCommand, type Outcome } from './command.js';

type Folder = 'layers' | 'functions';

interface Buildable {
  declared: Layer | LambdaFunction;
  folder: Folder;
  builder: Builder;
}

interface Built extends Artefact {
  folder: Folder;
  provenance: string;
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
    sign: {
      type: 'string',
      value: 'KEY',
      help: 'sign each provenance with this private key (Ed25519 or ECDSA, PEM), into ….provenance.dsse.json',
    },
  },
  examples: [
    ['layer-policy build', 'build every layer and function of HEAD into .build/'],
    ['layer-policy build --sign key.pem', 'sign how each came to be; verify checks it with --key key.pub.pem'],
    ['layer-policy build inbox-core --ref v1.2.3', 'build one layer as it was at a tag'],
  ],
  async run(env, flags, args) {
    const rev = flags.ref ?? 'HEAD';
    // Needed at the end, and git can find it meanwhile.
    env.git.root().catch(() => undefined);
    const tip = await env.git.commit(rev);
    if (tip === null) throw failure('unknown-revision', { rev, flag: '--ref' });
    const config = await loadConfig(env, flags, env.git.tree(tip));
    const { declarations } = config;
    const wanted = choose(env, declarations, args);
    const functions = wanted.flatMap(({ declared, folder }) => (folder === 'functions' ? [declared.name] : []));
    const verdict = await judgeFunctions(env, config, tip, functions);
    if (verdict !== null && !verdict.ok) return refused(verdict);

    const built: Built[] = [];
    for (const { declared, folder, builder } of wanted) {
      env.out.progress(`building ${declared.name} (${built.length + 1} of ${wanted.length})`);
      const artefact = await builder({ ...declared, versionFile: declarations.versionFile, tip });
      const provenance = await provenanceText(env, artefact, declared, declarations.versionFile);
      built.push({ ...artefact, folder, provenance });
    }
    env.out.progress('');
    const manifest = await describe(env, tip, declarations, built);
    const envelopes = flags.sign === undefined ? [] : await signed(env, built, flags.sign);
    await write(env, built, manifest, envelopes);
    const notices = [...config.notices, ...warningsOf(verdict)];
    return {
      exit: 0,
      document: { ok: true, ...manifest, notices },
      text: (style) => tell(style, tip, built, notices),
    };
  },
});

/** With names: those; without: everything declared. Fails with `unknown-name`. */
function choose(env: Env, { layers, functions }: Declarations, names: string[]): Buildable[] {
  const all: Record<string, Layer | LambdaFunction> = { ...layers, ...functions };
  return [...(names.length > 0 ? new Set(names) : Object.keys(all))].map((name) => {
    const declared = named(all, name, 'layer or function');
    const [method, folder] =
      'build' in declared ? ([declared.build, 'layers'] as const) : (['function', 'functions'] as const);
    return { declared, folder, builder: env.builder(method) };
  });
}

function warningsOf(verdict: Verdict | null): string[] {
  return (verdict?.findings ?? []).map(
    ({ rule, file, line, message }) => `${rule}: ${file}${line === null ? '' : `:${line}`}: ${message}`,
  );
}

function refused(verdict: Verdict): Outcome {
  return {
    exit: verdict.broken.length > 0 ? exitCodes.bug : exitCodes.refused,
    document: { schema: 1, ok: false, gate: checkDocument(verdict) },
    text: (style) =>
      `${pretty(verdict, style)}${style.red('✖')} Nothing was built: the policy says no to a function.\n`,
  };
}

async function describe(env: Env, tip: Oid, declarations: Declarations, built: Built[]): Promise<BuildManifest> {
  const { time } = await env.git.commitInfo(tip);
  const into = (folder: Folder) =>
    Object.fromEntries(
      built.filter((one) => one.folder === folder).map((artefact) => [artefact.name, builtArtefact(artefact)]),
    );
  return {
    schema: 1,
    date: isoDate(time),
    git_sha: tip,
    git_branch: (await env.git.commit('HEAD')) === tip ? await env.git.branch() : null,
    git_tag: await tagAt(env, tip, declarations, built),
    layers: into('layers'),
    functions: into('functions'),
  };
}

async function tagAt(env: Env, tip: Oid, { layers, functions }: Declarations, built: Built[]): Promise<string | null> {
  for (const { name, version } of built) {
    const template = (layers[name] ?? functions[name])?.tag ?? '';
    const tag = await env.git.tag(expand(template, { name, version }));
    if (tag?.commit === tip) return tag.name;
  }
  return null;
}

interface Written {
  path: string;
  text: string;
}

async function signed(env: Env, built: Built[], file: string): Promise<Written[]> {
  const key = await readKey(env, file);
  const envelopes: Written[] = [];
  for (const { folder, file: zip, provenance } of built) {
    const envelope = await env.signing.sign(payloadType, new TextEncoder().encode(provenance), key);
    envelopes.push({ path: `${folder}/${envelopeFile(zip)}`, text: jsonText(envelope) });
  }
  return envelopes;
}

async function write(env: Env, built: Built[], manifest: BuildManifest, envelopes: Written[]): Promise<void> {
  const root = await env.git.root();
  for (const { folder, file, bytes } of built) await env.files.write(`${root}/.build/${folder}/${file}`, bytes);
  const provenances = built.map(({ folder, file, provenance }) => ({
    path: `${folder}/${provenanceFile(file)}`,
    text: provenance,
  }));
  for (const { path, text } of [
    ...provenances,
    ...envelopes,
    { path: 'layers/manifest.json', text: jsonText(manifest) },
  ])
    await env.files.write(`${root}/.build/${path}`, new TextEncoder().encode(text));
}

function tell(style: Style, tip: Oid, built: Built[], notices: string[]): string {
  const lines = built.map(({ name, version, folder, file, size, sha256, left }) => {
    const without =
      left.length === 0 ? '' : style.dim(`\n  left out: ${left.map((path) => printable(path)).join(', ')}`);
    const facts = style.dim(`${(size / 1_048_576).toFixed(2)} MB, sha256 ${sha256.slice(0, 16)}…`);
    return `${style.green('✔')} ${name} ${style.bold(version)} → .build/${folder}/${file} (${facts})${without}`;
  });
  const notes = notices.map((notice) => style.dim(printable(notice)));
  return [`Built from commit ${tip.slice(0, 12)}:`, ...lines, ...notes, ''].join('\n');
}
