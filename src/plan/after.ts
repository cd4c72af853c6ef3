import { artefactKey, isLayer } from '../layer/declared.js';
import { readManifest } from '../layer/manifest.js';
import { artefactFile, baseName, managementFolder, manifestPath, readmePath } from '../layer/names.js';
import type { Env, Oid } from '../ports.js';
import { type ChecklistLine, checklist } from './checklist.js';
import type { Plan } from './plan.js';
import type { ArtefactState, ReleaseState } from './state.js';
import type { World } from './step.js';
import { stepName } from './step-name.js';

export interface Released {
  name: string;
  version: string;
  sha256: string;
  git_sha: Oid;
  key: string | null;
  /** Where there are several targets, of the first. */
  arn: string | null;
  /** By target, where there are several. */
  arns?: Record<string, string>;
  tag: string | null;
  checklist: ChecklistLine[];
}

/** Looks at what the plan was about once more, so that the checklist tells what is, not what was meant. */
export async function lookAfter(env: Env, plan: Plan, state: ReleaseState, world: World): Promise<Released[]> {
  const names = new Set(plan.steps.flatMap((step) => (step.kind === 'put-object' ? [step.artefact.name] : [])));
  const released: Released[] = [];
  for (const one of state.artefacts.filter(({ declared }) => names.has(declared.name))) {
    const { name, version, sha256, gitSha } = one.artefact;
    const arns = new Map<string, string>();
    for (const target of state.targets) {
      const there = world.receipts.get(stepName('publish-version', target, name))?.arn;
      const arn = there ?? world.receipts.get(stepName('attach', target))?.[name];
      if (typeof arn === 'string') arns.set(target, arn);
    }
    const [first = ''] = state.targets;
    const key = world.receipts.get(stepName('put-object', first, name))?.key;
    const tag = world.receipts.get(`tag ${name}`)?.tag;
    released.push({
      ...{ name, version, sha256, git_sha: gitSha },
      key: typeof key === 'string' ? key : null,
      arn: arns.get(first) ?? null,
      ...(state.targets.length > 1 && { arns: Object.fromEntries(arns) }),
      tag: typeof tag === 'string' ? tag : null,
      checklist: await check(env, plan, one, world, { targets: state.targets, arns }),
    });
  }
  return released;
}

async function check(
  env: Env,
  plan: Plan,
  one: ArtefactState,
  world: World,
  { targets, arns }: { targets: readonly string[]; arns: ReadonlyMap<string, string> },
): Promise<ChecklistLine[]> {
  const { declared, artefact, measured } = one;
  const { record, commit } = plan.request;
  const path = manifestPath(declared.name);
  const read = (file: string) => (commit ? world.committed(file) : env.files.read(`${world.root}/${file}`));
  const bytes = record ? await read(path) : null;
  const manifest = bytes === null ? null : readManifest(path, declared.name, bytes).manifest;
  const built = `.build/${artefactKey(declared, artefact.version)}`;
  const there = await env.files.read(`${world.root}/${built}`);
  const before = one.manifest;
  const recorded = before?.environments?.[targets[0] ?? ''];
  // Taken up again, or released again after a rollback: the manifest names this version already.
  const earlier = [before?.version, recorded?.version, recorded?.previous?.version];
  const previous = earlier.find((version) => version !== undefined && version !== artefact.version) ?? null;
  return checklist({
    layer: isLayer(declared) ? declared : null,
    version: artefact.version,
    gitSha: artefact.gitSha,
    built: { path: built, there: there !== null && env.sha256(there) === artefact.sha256 },
    measured,
    targets,
    arns,
    recorded: record,
    manifest,
    manifestPath: path,
    previous:
      previous === null
        ? null
        : { version: previous, archivedAs: await archivedAs(env, plan, declared.name, previous, world) },
    readmeChanged: before?.git_sha == null ? null : await readmeChanged(env, declared.name, before.git_sha, world),
  });
}

async function archivedAs(env: Env, plan: Plan, name: string, version: string, world: World): Promise<string | null> {
  const file = artefactFile(name, version);
  const entries = await env.git.tree(await world.head()).list(`${managementFolder}/archive`);
  const found = entries.find(({ path }) => baseName(path) === file)?.path;
  if (found !== undefined || plan.request.commit) return found ?? null;
  const written = plan.steps.flatMap((step) => (step.kind === 'write-record' ? step.contents.archived : []));
  return written.find(({ path }) => baseName(path) === file)?.path ?? null;
}

async function readmeChanged(env: Env, name: string, since: Oid, world: World): Promise<boolean | null> {
  if ((await env.git.commit(since)) === null) return null;
  const [then, now] = await Promise.all(
    [since, await world.head()].map(async (commit) => (await env.git.tree(commit).entry(readmePath(name)))?.oid),
  );
  return then !== now;
}
