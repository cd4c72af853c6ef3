import { loadConfig } from '../config/load.js';
import { dependsOn } from '../hooks/hooks.js';
import { policyFiles } from '../layer/policy-files.js';
import { parseVersionFile } from '../layer/version-file.js';
import type { Env } from '../ports.js';
import { type CiSystem, ciFile, ciSystem } from './ci-file.js';
import { evidenceOf, informed } from './evidence.js';
import { linesToAppend, missingLines, mustShow, probes } from './ignore-lines.js';
import type { Place } from './imported-manifest.js';
import { importOld, type OldRecords, oldRecords } from './old-records.js';
import { type ProposedPolicy, proposePolicy } from './proposal.js';
import { findPython } from './python.js';
import { refuseLinks } from './write.js';
import { planWrites, type Write } from './writes.js';

/** What `init` found and would write. */
export interface Survey {
  root: string;
  writes: Write[];
  proposal: ProposedPolicy | null;
  /** Declared names, of the policy that is there or is proposed. */
  layers: string[];
  functions: string[];
  versionFile: string;
  /** Declared keys without a line in a version file that could not be added to. */
  unwritten: string[];
  rootFiles: string[];
  /** The line by which CI comes to know its new file; null: it knows it. */
  include: string | null;
  /** Nothing of others is in layer_management/: there is no such folder yet. */
  ownsManagement: boolean;
  /** Old records that are left as they are, and why. */
  notes: string[];
}

/** The version file where VERSION is somebody else's, a bare number for instance. */
const otherVersionFile = 'LAYER_VERSIONS';

/** Looks at the repository and plans; writes nothing. */
export async function survey(
  env: Env,
  wanted: CiSystem | 'none' | null = null,
  names: readonly string[] = [],
): Promise<Survey> {
  const root = await env.git.root();
  const existing = await existingPolicy(env, root);
  const old = await oldRecords(env, root);
  const policy = existing ?? (await proposed(env, root, old));
  const versions = await versionsOf(env, root, policy.versionFile);
  const keys = [...policy.layers, ...policy.functions].map(({ versionKey }) => versionKey);
  const missing = [...new Set(keys)].filter((key) => !versions.values.has(key));
  const rootFiles = [policy.file, policy.versionFile];
  const ignoreFile = await text(env, `${root}/.gitignore`);
  // Behind a link git cannot say what is ignored.
  await refuseLinks(
    env,
    root,
    probes(rootFiles).map((path) => path.replace(/\/$/, '')),
  );
  const lines = missingLines({ text: ignoreFile, ignored: await env.git.ignored(probes(rootFiles)), rootFiles });

  const { layers, places } = policy;
  const imported = await importOld(env, old, { layers, places, versions: versions.values, names });
  const ci = await ciOf(env, root, wanted);
  const facts = {
    ci,
    policyFile: policy.file,
    proposal: policy.proposal,
    layers: policy.layers,
    versionFile: policy.versionFile,
    missingKeys: versions.canAppend ? missing : [],
    versionGap: versions.gap,
    ignoreText: lines.length === 0 ? '' : linesToAppend(ignoreFile, lines),
  };
  const paths = [...planWrites({ ...facts, present: new Set() }).map(({ path }) => path), policy.versionFile];
  const there = await Promise.all(paths.map((path) => env.files.exists(`${root}/${path}`)));
  return {
    root,
    writes: [...planWrites({ ...facts, present: new Set(paths.filter((_, i) => there[i])) }), ...imported.writes],
    proposal: policy.proposal,
    layers: policy.layers.map(({ name }) => name),
    functions: policy.functions.map(({ name }) => name),
    versionFile: policy.versionFile,
    unwritten: versions.canAppend ? [] : missing,
    rootFiles,
    include: ci?.include ?? null,
    ownsManagement: !(await env.files.exists(`${root}/layer_management`)),
    notes: imported.notes,
  };
}

/** After the writing: what an ignore file nearer to the path still hides, and where it says so. */
export async function stillHidden(env: Env, rootFiles: string[]): Promise<string[]> {
  const hidden = await env.git.ignored(mustShow(rootFiles));
  return [...new Set(hidden.values())];
}

async function ciOf(env: Env, root: string, wanted: CiSystem | 'none' | null) {
  const [remote] = await env.git.remotes();
  const address = remote === undefined ? null : await env.git.config(`remote.${remote}.url`);
  const usual = ['.github', '.gitlab', '.gitlab-ci.yml'];
  const there = await Promise.all(usual.map((path) => env.files.exists(`${root}/${path}`)));
  const has = (path: string) => there[usual.indexOf(path)] === true;
  const system = wanted ?? ciSystem(address, has);
  if (system === null || system === 'none') return null;
  const isDependency = await dependsOn(env, root, 'layer-policy');
  const pipeline = await text(env, `${root}/.gitlab-ci.yml`);
  // The one that an earlier init wrote is not somebody else's.
  const hasPipeline = pipeline !== null && !pipeline.includes('From layer-policy init');
  return ciFile({ system, isDependency, version: env.version, hasPipeline });
}

type Declared = { name: string; source: string; versionKey: string };

type DeclaredLayer = Declared & { layerName: string };

interface Policy {
  file: string;
  proposal: ProposedPolicy | null;
  versionFile: string;
  layers: DeclaredLayer[];
  functions: Declared[];
  places: Place[];
}

async function existingPolicy(env: Env, root: string): Promise<Policy | null> {
  const there = await Promise.all(policyFiles.map((file) => env.files.exists(`${root}/${file}`)));
  const file = policyFiles.find((_, i) => there[i]);
  if (file === undefined) return null;
  const { declarations } = await loadConfig(env, { config: `${root}/${file}` }, env.git.index());
  const { versionFile, layers, functions, environments } = declarations;
  const declared = { layers: Object.values(layers), functions: Object.values(functions) };
  return { file, proposal: null, versionFile, ...declared, places: Object.values(environments) };
}

async function proposed(env: Env, root: string, { arnFiles, manifests }: OldRecords): Promise<Policy> {
  const usual = await versionsOf(env, root, 'VERSION');
  const versionFile = usual.isForeign ? otherVersionFile : 'VERSION';
  const keys = usual.isForeign ? [] : [...usual.values.keys()];
  const evidence = evidenceOf(
    arnFiles.flatMap(({ arns }) => arns),
    [...manifests.values()].map(({ value }) => value),
  );
  const proposal = informed(proposePolicy(findPython(await env.git.files()), keys, versionFile), evidence);
  const named = <One extends object>(declared: Record<string, One>) =>
    Object.entries(declared).map(([name, one]) => ({ name, ...one }));
  return {
    file: policyFiles[0],
    proposal,
    versionFile,
    layers: named(proposal.layers),
    functions: named(proposal.functions ?? {}),
    places: named(proposal.environments ?? {}),
  };
}

/** `canAppend`: a line added at the end (after `gap`) will be read as one. `isForeign`: there is text, and none of it is ours. */
async function versionsOf(env: Env, root: string, file: string) {
  const bytes = (await env.files.read(`${root}/${file}`)) ?? new Uint8Array();
  const { values, problems } = parseVersionFile(bytes);
  const serious = problems.filter(({ problem }) => problem !== 'no-final-newline');
  return {
    values,
    canAppend: serious.length === 0,
    gap: serious.length < problems.length ? '\n' : '',
    isForeign: serious.length > 0 && values.size === 0,
  };
}

async function text(env: Env, path: string): Promise<string | null> {
  const bytes = await env.files.read(path);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}
