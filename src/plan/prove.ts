import { failure } from '../errors.js';
import type { Env } from '../ports.js';
import type { StepReport } from './execute.js';
import type { World } from './step.js';
import { pathsOf } from './steps/contents.js';
import type { StepData } from './steps/index.js';

/** What changes this repository alone asks nothing of the environment. */
const stayHere = new Set<StepData['kind']>(['record', 'write-record', 'write-build', 'tag', 'push']);

/** What a plan needs from people and machine, asked for before the first thing is written. */
export async function prove({ gitWriter }: Pick<Env, 'gitWriter'>, reports: StepReport[], world: World): Promise<void> {
  const open = reports.filter(({ state }) => state === 'planned').map(({ step }) => step);
  if (open.some(({ kind }) => !stayHere.has(kind))) await world.registry.prove();
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
    if (step.kind === 'put-object') await world.bytes(step.artefact);
    if (step.kind !== 'record' && step.kind !== 'write-record') continue;
    const dirty = await gitWriter.changed(pathsOf(step.contents));
    if (dirty.length > 0) throw failure('record-dirty', { paths: dirty.join(' ') });
    for (const { artefact } of step.contents.archived) await world.bytes(artefact);
  }
}
