import { failure } from '../../errors.js';
import type { StepKind, Wanted } from '../step.js';
import { stepName } from '../step-name.js';

export interface PutObject {
  kind: 'put-object';
  environment: string;
  key: string;
  size: number;
  artefact: Wanted;
}

/** Stores a zip under its key, once and for all. */
export const putObject: StepKind<PutObject> = {
  name: ({ artefact, environment }) => stepName('put-object', environment, artefact.name),
  describe: ({ environment, key }) => `store ${key} in ${environment}`,
  async probe({ environment, key, artefact }, world) {
    const there = await world.at(environment).registry.head(key);
    if (there === null) return null;
    if (there.sha256 === artefact.sha256) return { key, sha256: there.sha256 };
    const short = { there: there.sha256.slice(0, 16), here: artefact.sha256.slice(0, 16) };
    throw failure('object-conflict', { key, environment, ...short, name: artefact.name });
  },
  async act({ environment, key, size: of, artefact }, { at, bytes, moved }) {
    const zip = await bytes(artefact, (done) => moved({ done, of, unit: 'bytes in' }));
    await at(environment).registry.put(key, zip, artefact.sha256, (done) => moved({ done, of, unit: 'bytes out' }));
  },
  confirm: (data, world) => putObject.probe(data, world),
  // Nothing is deleted on the way of a release: what was stored may be in use already.
  undo: null,
};
