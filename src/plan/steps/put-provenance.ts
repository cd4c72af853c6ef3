import { isFailure } from '../../errors.js';
import type { StepKind } from '../step.js';
import { stepName } from '../step-name.js';

export interface PutProvenance {
  kind: 'put-provenance';
  environment: string;
  name: string;
  /** By the digest of what goes into the build. */
  key: string;
  text: string;
  /** The file of the private key. */
  sign: string;
}

/**
 * Tells, signed, what was built of which inputs, for whoever would build the same. What lies there already may be anybody's:
 * it stays, and is worth as much as its signature.
 */
export const putProvenance: StepKind<PutProvenance> = {
  name: ({ name, environment }) => stepName('put-provenance', environment, name),
  describe: ({ environment, name, key }) => `store ${key} in ${environment}, the signed provenance of ${name}`,
  async probe({ environment, key }, world) {
    return (await world.at(environment).registry.head(key)) === null ? null : { key };
  },
  async act({ environment, key, text, sign }, world) {
    const bytes = await world.sign(text, sign);
    await world
      .at(environment)
      .registry.put(key, bytes, world.sha256(bytes))
      .catch((error) => {
        // Somebody was faster, and no two signatures need be alike.
        if (!isFailure(error) || error.code !== 'object-conflict') throw error;
      });
  },
  confirm: (data, world) => putProvenance.probe(data, world),
  undo: null,
};
