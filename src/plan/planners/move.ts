import { isLayer } from '../../layer/declared.js';
import type { Manifest } from '../../layer/manifest.js';
import { manifestPath } from '../../layer/names.js';
import type { EnvironmentFacts } from '../../layer/released-manifest.js';
import type { Asked, Plan, Request } from '../plan.js';
import { functionIn, type State, whereabouts } from '../state.js';
import type { RecordContents } from '../steps/contents.js';
import type { Sync } from '../steps/sync.js';
import { attaching } from './attach.js';
import { type Brought, publishing } from './brought.js';
import { recording } from './recording.js';

/** What was recorded once, and is to be in an environment again or as well. */
export interface Moved extends Brought {
  /** At HEAD. */
  manifest: Manifest;
  /** Targets where its zip lies under its key already. */
  storedIn: ReadonlySet<string>;
}

export interface MoveState extends State {
  moved: Moved[];
  /** What goes along. */
  syncs: Sync[];
}

/** Decides what brings recorded artefacts to an environment: nothing is built, nothing is tagged, no byte is another. */
export function planMove({ command, request }: Asked, state: MoveState): Plan {
  const { date, commit, branch, user, targets, moved } = state;
  const open = moved.filter((one) => isOpen(one, state, request));
  const steps = targets.flatMap((target) => openIn(target, open).flatMap((one) => publishing(one, target)));
  // Functions find what they read when they are brought to new code.
  steps.push(...state.syncs);
  const unrecorded = request.record ? open.filter((one) => !isRecorded(one, state, request)) : [];
  if (request.attach) steps.push(...attaching(moved, state, unrecorded));
  if (unrecorded.length > 0) {
    steps.push(recording(command, titlesOf(unrecorded, state), contentsOf(unrecorded, state, request), state, request));
  }
  return { schema: 1, command, request, date, commit, branch, user, steps };
}

const openIn = (target: string, moved: readonly Moved[]) => moved.filter(({ targets }) => targets.includes(target));

/** Where a name goes to one version here and to another there, it is said where. */
function titlesOf(moved: readonly Moved[], { targets }: MoveState) {
  return moved.map((one) => {
    const { artefact } = one;
    const where = one.targets.length < targets.length ? ` in ${one.targets.join(', ')}` : '';
    return { ...artefact, where };
  });
}

function isOpen(one: Moved, state: MoveState, request: Request): boolean {
  const { declared, artefact, arns, storedIn } = one;
  if (request.record && !isRecorded(one, state, request)) return true;
  return one.targets.some((target) => {
    if (isLayer(declared)) return !arns.has(target);
    const own = functionIn(state, target, declared.name);
    return !storedIn.has(target) || (request.attach && own?.state?.codeSha256 !== artefact.sha256);
  });
}

function isRecorded(
  { declared, artefact, arns, manifest, targets }: Moved,
  state: MoveState,
  { attach }: Request,
): boolean {
  // A function that is stored only runs nowhere, so there is nothing to say of it.
  if (!isLayer(declared) && !attach) return true;
  return targets.every((target) => {
    const recorded = manifest.environments?.[target];
    const isThere = isLayer(declared) ? arns.get(target) : functionIn(state, target, declared.name)?.state?.arn;
    return recorded?.version === artefact.version && recorded.sha256 === artefact.sha256 && recorded.arn === isThere;
  });
}

function contentsOf(moved: readonly Moved[], state: MoveState, request: Request) {
  return {
    texts: [],
    manifests: manifestsOf(moved, state, request),
    archived: [],
  };
}

/** One of a name, though its targets may go to different versions. */
function manifestsOf(moved: readonly Moved[], state: MoveState, request: Request): RecordContents['manifests'] {
  const names = [...new Set(moved.map(({ declared }) => declared.name))];
  return names.flatMap((name) => {
    const [one, ...others] = moved.filter(({ declared }) => declared.name === name);
    if (one === undefined) return [];
    const also = others.map((other) => factsOf(other, state, request));
    const facts = factsOf(one, state, request);
    return [{ path: manifestPath(name), before: one.manifest, facts, ...(also.length > 0 && { also }) }];
  });
}

function factsOf({ declared, artefact, targets }: Moved, state: MoveState, request: Request): EnvironmentFacts {
  const { date, user } = state;
  const { name, version, sha256, gitSha } = artefact;
  return {
    ...{ name, version, sha256, gitSha, ...whereabouts({ ...state, targets: [...targets] }) },
    inPlace: isLayer(declared) ? 'layer' : 'function',
    at: date,
    emergency: request.emergency === null ? null : { reason: request.emergency, by: user },
  };
}
