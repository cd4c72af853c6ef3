import { failure } from '../errors.js';
import type { Env } from '../ports.js';
import type { StepReport } from './execute.js';
import { inTurns } from './in-turns.js';
import type { World } from './step.js';
import { stepName } from './step-name.js';
import { pathsOf, textsOf } from './steps/contents.js';
import type { StepData } from './steps/index.js';
import { foreseenProblem, type Record } from './steps/record.js';
import type { Target } from './target.js';

/** What changes this repository alone asks nothing of the environment. */
const stayHere = new Set<StepData['kind']>(['record', 'write-record', 'write-build', 'tag', 'push']);

/** What a plan needs from people and machine, asked for before the first thing is written. */
export async function prove(
  { gitWriter, out }: Pick<Env, 'gitWriter' | 'out'>,
  reports: StepReport[],
  world: World,
): Promise<void> {
  const open = reports.filter(({ state }) => state === 'planned').map(({ step }) => step);
  for (const target of world.targets) await proveTarget(open, target);
  if (open.some(({ kind }) => kind === 'store-archive')) await world.store?.prove();
  for (const step of open) if (step.kind === 'push') await world.git.isPushed(step, await world.head());
  if (open.some(({ kind }) => kind === 'record' || kind === 'tag')) {
    await gitWriter.identity();
    await gitWriter.proveSigning();
  }
  for (const step of open) {
    if (step.kind === 'tag' && !(await gitWriter.isTagName(step.tag))) {
      throw failure('tag-invalid', { tag: step.tag, name: step.name, example: '{name}-v{version}' });
    }
    // A key that cannot be read is found out before what it is to sign is there.
    if (step.kind === 'put-provenance') await world.sign(step.text, step.sign);
    if (step.kind === 'put-object') {
      out.progress(`reading ${step.key}`);
      await world.bytes(step.artefact);
    }
    if (step.kind !== 'record' && step.kind !== 'write-record') continue;
    const dirty = await gitWriter.changed(pathsOf(step.contents));
    if (dirty.length > 0) throw failure('record-dirty', { paths: dirty.join(' ') });
    for (const { artefact } of step.contents.archived) await world.bytes(artefact);
    if (step.kind === 'record') await proveRecord(step, await foreseen(open, world));
  }
}

/** Room, rights and functions of a target that something is to be done in. */
async function proveTarget(steps: readonly StepData[], { environment, registry, functions }: Target): Promise<void> {
  const isConcerned = (step: StepData) =>
    'environment' in step ? step.environment === environment.name : !stayHere.has(step.kind);
  const open = steps.filter(isConcerned);
  if (open.length === 0) return;
  // Packed it is less, and more than nothing.
  const code = open.map((step) => (step.kind === 'publish-version' ? (step.unzipped ?? step.request.size) : 0));
  await registry.prove(code.reduce((all, size) => all + size, 0));
  const attached = open.flatMap((step) => (step.kind === 'attach' ? step.functions : []));
  const there = attached.filter(({ before }) => before !== null);
  await inTurns(there, ({ functionName }) => functions.prove(functionName));
}

/** Where all that it tells of is known already, as in a rollback, a record is judged before anything is done. */
async function proveRecord(record: Record, world: World): Promise<void> {
  if (textsOf(record.contents, world) === null) return;
  const problem = await foreseenProblem(record, world);
  if (problem !== null) throw failure('record-unfit', { problem });
}

/** The world as a record will find it, as far as functions go: bringing one does not change its ARN. */
async function foreseen(open: readonly StepData[], world: World): Promise<World> {
  const receipts = new Map(world.receipts);
  for (const step of open) {
    if (step.kind !== 'attach') continue;
    const { functions } = world.at(step.environment);
    const states = await inTurns(step.functions, ({ functionName }) => functions.get(functionName));
    const arns = step.functions.map(({ name }, i): [string, string | null] => [name, states[i]?.arn ?? null]);
    receipts.set(stepName('attach', step.environment), Object.fromEntries(arns));
  }
  return { ...world, receipts };
}
