import { failure } from '../../errors.js';
import { artefactKey, isLayer } from '../../layer/declared.js';
import { layerOf, withLayers } from '../../layer/layer-list.js';
import type { AliasMove } from '../aliases.js';
import type { Attached } from '../attached.js';
import { standsAt } from '../bring.js';
import type { AliasLook, FunctionLook, State } from '../state.js';
import { isAttached } from '../steps/attach.js';
import type { StepData } from '../steps/index.js';
import type { Brought } from './brought.js';

/**
 * What brings the functions of an environment to what is brought there, and tries those that it changes, one target after
 * the other. One that runs it already is looked at where it is `unrecorded`: a record tells of it what this step finds.
 */
export function attaching(
  brought: readonly Brought[],
  { functions, targets }: State,
  unrecorded: readonly Pick<Brought, 'declared' | 'targets'>[] = [],
): StepData[] {
  return targets.flatMap((target) =>
    attachingIn(
      target,
      brought.filter((one) => one.targets.includes(target)),
      functions.filter((look) => look.target === target),
      unrecorded.filter((one) => one.targets.includes(target)),
    ),
  );
}

function attachingIn(
  environment: string,
  brought: readonly Brought[],
  functions: readonly FunctionLook[],
  unrecorded: readonly Pick<Brought, 'declared'>[],
): StepData[] {
  const concerned = functions.flatMap((look) => {
    const one = attachedOf(look, brought, environment);
    if (one === null) return [];
    const stands = isAttached(one, look.state) && (!look.alias || isAttached(one, look.alias.state));
    return [{ one, look, stands }];
  });
  const isUnrecorded = ({ name }: Attached) => unrecorded.some(({ declared }) => declared.name === name);
  const looked = concerned.filter(({ one, stands }) => !stands || isUnrecorded(one));
  if (looked.length === 0) return [];
  const open = concerned.filter(({ stands }) => !stands);
  const calls = open.flatMap(({ look }) => look.smoke);
  const attach: StepData = { kind: 'attach', environment, functions: looked.map(({ one }) => one) };
  const moves = open.flatMap(({ one, look }) => (look.alias === null ? [] : [moveOf(one, look.alias)]));
  const move: StepData[] = moves.length === 0 ? [] : [{ kind: 'move-alias', environment, moves }];
  // Where all versions are there already, callers are back at once, before anything else is touched.
  const isBackAtOnce = moves.every(({ to }) => to !== null);
  return [
    ...(isBackAtOnce ? [...move, attach] : [attach, ...move]),
    ...(calls.length > 0 ? [{ kind: 'smoke' as const, environment, calls }] : []),
  ];
}

function moveOf(one: Attached, { name, state, versions }: AliasLook): AliasMove {
  const arns = one.layers.flatMap(({ arn }) => arn ?? []);
  const code = one.code ?? one.before?.code;
  const layers = withLayers(one.before?.layers ?? [], arns);
  const isKnown = code !== undefined && arns.length === one.layers.length;
  const to = isKnown ? versions.find((version) => standsAt(version, { code, layers })) : undefined;
  return { one, alias: name, before: state?.version ?? null, to: to?.version ?? null };
}

/** Null where nothing that is brought concerns it. */
function attachedOf(look: FunctionLook, brought: readonly Brought[], environment: string): Attached | null {
  const { declared, functionName, state, codeKey } = look;
  const own = brought.find((one) => !isLayer(one.declared) && one.declared.name === declared.name);
  const published = new Map(brought.filter((one) => isLayer(one.declared)).map((one) => [one.declared.name, one]));
  const layers = look.layers.flatMap(({ name, arn }) => {
    const one = published.get(name);
    if (one !== undefined) return [{ name, arn: one.arns.get(environment) ?? null }];
    // Nobody asked for another version of this one; only where a function comes without it, it is given to it.
    if (own === undefined || (arn !== null && isIn(arn, state?.layers ?? []))) return [];
    if (arn === null) throw failure('layer-unpublished', { name: declared.name, layer: name, environment });
    return [{ name, arn }];
  });
  if (own === undefined && (layers.length === 0 || state === null)) return null;
  refuseMisfit(look, environment);
  const { runtimes, architectures } = commonOf(look);
  return {
    name: declared.name,
    functionName,
    before: state && { code: { key: codeKey, sha256: state.codeSha256 }, layers: state.layers },
    code: own === undefined ? null : { key: artefactKey(declared, own.artefact.version), sha256: own.artefact.sha256 },
    layers,
    fresh: {
      handler: declared.handler,
      runtime: runtimes[0] ?? 'python3.12',
      architectures: architectures.slice(0, 1),
    },
  };
}

const isIn = (arn: string, list: readonly string[]) => list.some((other) => layerOf(other) === layerOf(arn));

/** What all of its layers run on. */
function commonOf({ layers }: FunctionLook) {
  const common = (of: 'runtimes' | 'architectures') =>
    (layers[0]?.[of] ?? []).filter((one) => layers.every((layer) => layer[of].includes(one)));
  return { runtimes: common('runtimes'), architectures: common('architectures') };
}

function refuseMisfit({ functionName, state, layers }: FunctionLook, environment: string): void {
  for (const { name, runtimes, architectures } of state === null ? [] : layers) {
    const odd = [
      ...(runtimes.includes(state?.runtime ?? '') ? [] : [state?.runtime]),
      ...(state?.architectures ?? []).filter((one) => !architectures.includes(one)),
    ];
    if (odd.length === 0) continue;
    const made = [...runtimes, ...architectures].join(', ');
    throw failure('function-misfit', { functionName, environment, odd: odd.join(', '), layer: name, made });
  }
}
