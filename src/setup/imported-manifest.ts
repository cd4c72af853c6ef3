import { failure } from '../errors.js';
import { publishedName } from '../layer/declared.js';
import { environmentOf } from '../layer/environments.js';
import { judgeManifest, type Manifest } from '../layer/manifest.js';
import { manifestPath } from '../layer/names.js';
import { jsonText } from '../layer/released-manifest.js';
import type { Write } from './writes.js';

/** A declared layer, and the manifest that lies in its folder. */
export interface OldLayer {
  name: string;
  layerName: string;
  /** Its version as people say it now, else null. */
  named: string | null;
  /** What VERSION has, for a hint. */
  proposed: string;
  /** As it is, or as it would be mended; null: there is none; `broken`: it cannot be understood. */
  there: { manifest: Manifest; isMended: boolean } | 'broken' | null;
}

/** A declared environment, or a target of one. */
export interface Place {
  name: string;
  profile?: string;
  region?: string;
  account?: string;
}

type Said = readonly (readonly [target: string, arn: string])[];

/** What becomes of a layer's manifest when files at the root say these ARNs of it; `stays` is told why it does not. */
export function importedManifest(
  layer: OldLayer,
  said: Said,
  places: readonly Place[],
  stays: (why: string) => void,
): Write[] {
  const { name, there, named } = layer;
  const path = manifestPath(name);
  if (there === null && said.length === 0) {
    if (named === null) return [];
    const problem = `No file here tells of ${name} ${named}; what an environment runs is recorded with --adopt --env E.`;
    throw failure('usage', { problem, command: 'init' });
  }
  const refuse = (why: string) => {
    stays(why);
    return [];
  };
  if (there === 'broken') return refuse(`${path} cannot be understood; mend it, or remove it: git rm -- :/${path}`);
  const version = there?.manifest.version ?? named;
  if (version === null) return refuse(whichVersion(layer, said));
  if (named !== null && named !== version) return refuse(`${path} says ${version}, and not ${named}`);
  const manifest: Manifest = { ...(there?.manifest ?? unknownBut(layer, version, places)) };
  for (const [target, arn] of said) {
    const recorded = manifest.environments?.[target]?.arn;
    if ((recorded ?? arn) !== arn) return refuse(`${path} says ${recorded} of ${target}`);
    const environment = environmentOf(target);
    const known = manifest[`aws_arn_${environment}`] ?? arn;
    if (recorded === undefined && known !== arn) return refuse(saysAnother(path, known, target));
    manifest[`aws_arn_${environment}`] = known;
  }
  const [first] = places;
  if (first !== undefined) manifest[`aws_arn_${environmentOf(first.name)}`] ??= null;
  const text = jsonText(manifest);
  if (there?.isMended === false && text === jsonText(there.manifest)) return [];
  const { problems } = judgeManifest(path, name, { value: manifest, problems: [], lineOf: () => null });
  const [problem] = problems;
  if (problem !== undefined) return refuse(`${path} would be no manifest: ${problem.field} ${problem.what}`);
  return [{ path, action: there === null ? 'create' : 'update', text }];
}

function saysAnother(path: string, known: string, target: string): string {
  const environment = environmentOf(target);
  if (environment === target) return `${path} says ${known} of ${target}`;
  return `${path} has another ARN of ${environment}, and no record of ${target}; make one: layer-policy init --adopt --env ${target}`;
}

function whichVersion({ name, proposed }: OldLayer, said: Said): string {
  const [[environment = 'ENV'] = []] = said;
  const lines = `layer-policy init ${name}@${proposed}   Or have the environment say it: layer-policy init --adopt --env ${environment}`;
  return `which version of ${name} that is, nobody recorded. Say it: ${lines}`;
}

/** All that an ARN alone tells. */
function unknownBut({ name, layerName }: OldLayer, version: string, places: readonly Place[]): Manifest {
  const unknown = { git_sha: null, git_tag: null, git_branch: null, build_date: null, build_user: null, size_mb: null };
  return {
    layer_name: publishedName({ name, layerName }, places[0]?.name ?? 'local'),
    version,
    ...unknown,
    notes: null,
  };
}
