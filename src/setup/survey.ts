import { dependsOn } from '../hooks/hooks.js';
import type { Env } from '../ports.js';
import type { CiEnvironment, CiSystem } from './ci/facts.js';
import { type CiFiles, ciFiles, ciSystem } from './ci/index.js';
import { linesToAppend, missingLines, mustShow, probes } from './ignore-lines.js';
import { importOld, oldRecords } from './old-records.js';
import { existingPolicy, type Policy, proposedPolicy, versionsOf } from './policy.js';
import type { ProposedPolicy } from './proposal.js';
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
  /** Environments that CI may release to. */
  ciEnvironments: CiEnvironment[];
  /** Old records that are left as they are, and why. */
  notes: string[];
}

/** Looks at the repository and plans; writes nothing. */
export async function survey(
  env: Env,
  wanted: CiSystem | 'none' | null = null,
  names: readonly string[] = [],
): Promise<Survey> {
  const root = await env.git.root();
  const existing = await existingPolicy(env, root);
  const old = await oldRecords(env, root);
  const policy = existing ?? (await proposedPolicy(env, root, old));
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
  const ci = await ciOf(env, root, wanted, policy.ci);
  const facts = {
    ci: ci?.files ?? [],
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
    ciEnvironments: policy.ci.environments,
    notes: imported.notes,
  };
}

/** After the writing: what an ignore file nearer to the path still hides, and where it says so. */
export async function stillHidden(env: Env, rootFiles: string[]): Promise<string[]> {
  const hidden = await env.git.ignored(mustShow(rootFiles));
  return [...new Set(hidden.values())];
}

async function ciOf(
  env: Env,
  root: string,
  wanted: CiSystem | 'none' | null,
  policy: Policy['ci'],
): Promise<CiFiles | null> {
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
  return ciFiles({ system, isDependency, version: env.version, hasPipeline, ...policy });
}

async function text(env: Env, path: string): Promise<string | null> {
  const bytes = await env.files.read(path);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}
