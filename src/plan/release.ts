import type { LoadedConfig } from '../config/load.js';
import { policyOf } from '../config/policy-of.js';
import { type ArtefactVerdict, judgeArtefacts } from '../policy/judge-artefacts.js';
import type { Artefact, Env } from '../ports.js';
import { choose } from './choose.js';
import { type Buildable, look, type Moment } from './look.js';
import { lookAtFunctions } from './look-functions.js';
import type { Request } from './plan.js';
import type { Brought } from './planners/brought.js';
import { planRelease } from './planners/release.js';
import { type Prepared, refusePromoteOnly, type Unfit } from './prepared.js';
import { settledAs } from './settled.js';
import type { ReleaseState } from './state.js';
import { openTargets, type Target } from './target.js';
import { unseen } from './unseen.js';

/** What was seen of what is to be released. */
export interface Seen {
  state: ReleaseState;
  artefacts: Artefact[];
  targets: Target[];
  notices: string[];
  /** The policy's word on the artefacts. */
  verdict: ArtefactVerdict;
}

/** Looks at everything that a release of these names is about; builds in memory and writes nothing. */
export async function see(
  env: Env,
  config: LoadedConfig,
  request: Pick<Request, 'environment' | 'names' | 'attach' | 'record' | 'tag' | 'sign' | 'signedBy'>,
  at: Moment,
): Promise<Seen> {
  const targets = await openTargets(env, config, request.environment);
  refusePromoteOnly(targets);
  const chosen = choose(env, config.declarations, request.names);
  const { versionFile } = config.declarations;
  const wanted: Buildable[] = [];
  const settled: Brought[] = [];
  for (const one of chosen) {
    // Whoever names it wants it looked at; else what is recorded as done costs no build and no request.
    const isNamed = request.names.length > 0;
    // A folder may be deleted at any time, and asking it costs nothing.
    const isFolder = targets.some(({ environment }) => environment.target === 'local');
    const done =
      isNamed || isFolder
        ? null
        : await settledAs(env, one.declared, { ...config.declarations, ...at }, targets, request);
    if (done === null) wanted.push(one);
    else settled.push(done);
  }
  const { state, artefacts, readings, notices } = await look(env, config, targets, wanted, at, request);
  const names = [...artefacts.map(({ name }) => name), ...settled.map(({ declared }) => declared.name)];
  const functions = request.attach ? await lookAtFunctions(env, config.declarations, targets, at.commit, names) : [];
  const today = new Date(env.now()).toISOString().slice(0, 10);
  const policy = await policyOf(env, config, { stage: 'release', base: null, tree: env.git.tree(at.commit) });
  const verdict = judgeArtefacts(readings, policy, { stage: 'release', today }, env.sha256);
  const sources = chosen.map(({ declared }) => declared.source);
  notices.push(...(await unseen(env, at.commit, [versionFile, ...sources])));
  return { state: { ...state, functions, settled }, artefacts, targets, notices, verdict };
}

/** Looks and plans. The same world at the same moment gives the same plan. */
export async function prepareRelease(
  env: Env,
  config: LoadedConfig,
  request: Request,
  at: Moment,
): Promise<Prepared | Unfit> {
  const { state, artefacts, targets, notices, verdict } = await see(env, config, request, at);
  if (!verdict.ok) return { plan: null, verdict };
  const looked = state.artefacts.length > 0 ? state.artefacts : state.settled;
  const about = looked.map(({ artefact }) => `${artefact.name} ${artefact.version}`);
  const plan = planRelease(state, request);
  return { plan, targets, sources: { artefacts }, notices, released: state, about };
}
