import { type Adopted, adoptedManifest } from '../../layer/adopted-manifest.js';
import type { Layer } from '../../layer/declarations.js';
import { manifestPath, readmePath } from '../../layer/names.js';
import { readmeText } from '../../layer/readme.js';
import { jsonText } from '../../layer/released-manifest.js';
import type { Asked, Plan } from '../plan.js';
import type { State } from '../state.js';
import { recordingAs } from './recording.js';

export interface AdoptState
  extends Pick<State, 'commit' | 'branch' | 'date' | 'user' | 'environment' | 'environments'> {
  adopted: Adopted[];
  /** Layers among them that nobody described yet. */
  readmes: Layer[];
}

/** Decides what records the layer versions that run: manifests, and nothing anywhere else. */
export function planAdopt({ command, request }: Asked, state: AdoptState): Plan {
  const { date, commit, branch, user, environment, environments } = state;
  const open = state.adopted.filter((one) => !isRecorded(one, environment));
  const plan: Plan = { schema: 1, command, request, date, commit, branch, user, steps: [] };
  if (open.length === 0) return plan;
  const title = `adopt: ${open.map(({ layer, version }) => `${layer.name} ${version}`).join(', ')} (${environment})`;
  const body = open.map(({ published: { arn, sha256 } }) => `${arn} sha256:${sha256}`);
  const texts = [
    ...open.map((one) => ({
      path: manifestPath(one.layer.name),
      text: jsonText(adoptedManifest(one, environment, environments)),
    })),
    ...state.readmes
      .filter(({ name }) => open.some(({ layer }) => layer.name === name))
      .map((layer) => ({ path: readmePath(layer.name), text: readmeText(layer) })),
  ];
  plan.steps = [recordingAs(title, body, { texts, manifests: [], archived: [] }, state, request)];
  return plan;
}

function isRecorded({ version, published, before }: Adopted, environment: string): boolean {
  const recorded = before?.environments?.[environment];
  return recorded?.arn === published.arn && recorded.sha256 === published.sha256 && recorded.version === version;
}
