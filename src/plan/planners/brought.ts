import type { Declared } from '../../layer/declared.js';
import { artefactKey, isLayer, publishedName } from '../../layer/declared.js';
import { describeLayer } from '../../layer/description.js';
import type { Oid } from '../../ports.js';
import type { Wanted } from '../step.js';
import type { StepData } from '../steps/index.js';

/** A layer or function at a version that is to be in these targets of an environment. */
export interface Brought {
  targets: readonly string[];
  declared: Declared;
  artefact: { name: string; version: string; sha256: string; size: number; gitSha: Oid | null };
  /** The layer version that holds it already, by target; none where this plan publishes it, and none of a function. */
  arns: ReadonlyMap<string, string>;
  /** Unpacked, in bytes; absent where nobody looked inside. */
  unzipped?: number;
}

export const wantedOf = ({ artefact: { name, version, sha256, gitSha } }: Pick<Brought, 'artefact'>): Wanted => ({
  name,
  version,
  sha256,
  gitSha,
});

/** What puts it into a target: its zip, and of a layer a version. */
export function publishing(one: Brought, environment: string): StepData[] {
  const { declared, artefact } = one;
  const arn = one.arns.get(environment);
  const { name, version, sha256, size } = artefact;
  const key = artefactKey(declared, version);
  const put: StepData = { kind: 'put-object', environment, key, size, artefact: wantedOf(one) };
  if (!isLayer(declared)) return [put];
  const { runtimes, architectures } = declared;
  const layerName = publishedName(declared, environment);
  const request = { layerName, key, sha256, size, description: describeLayer(artefact), runtimes, architectures };
  const { unzipped } = one;
  const known = unzipped !== undefined && { unzipped };
  const publish: StepData = { kind: 'publish-version', environment, name, version, request, ...known };
  // What is published needs no zip any more, wherever that may be by now.
  return arn === undefined ? [put, publish] : [{ ...publish, known: arn }];
}
