import { failure } from '../../errors.js';
import { describedAs, publishedAs } from '../../layer/description.js';
import type { PublishRequest } from '../../ports.js';
import type { Receipt, StepKind, World } from '../step.js';

export interface PublishVersion {
  kind: 'publish-version';
  environment: string;
  name: string;
  version: string;
  request: PublishRequest;
}

/**
 * Publishes a layer version. The service has no token that would make a repeated call harmless, so there is one attempt;
 * whether it arrived is then read from what is published: same name and version in the description, same digest.
 */
export const publishVersion: StepKind<PublishVersion> = {
  name: ({ name }) => `publish-version ${name}`,
  describe: ({ environment, name, version, request }) =>
    `publish ${name} ${version} to ${environment} as ${request.layerName}`,
  probe: find,
  async act(data, world) {
    try {
      await world.registry.publish(data.request);
    } catch (error) {
      // The answer may be lost though the work was done.
      if ((await find(data, world)) === null) throw error;
    }
  },
  confirm: find,
  undo: null,
};

async function find({ name, version, request }: PublishVersion, { registry }: World): Promise<Receipt | null> {
  const versions = await registry.versions(request.layerName, describedAs(name, version));
  const { same, other } = publishedAs(versions, { name, version, sha256: request.sha256 });
  const [first] = same;
  if (first !== undefined) return { arn: first.arn, number: first.version, createdAt: first.createdAt };
  const [taken] = other;
  if (taken === undefined) return null;
  const short = { there: taken.sha256.slice(0, 16), here: request.sha256.slice(0, 16) };
  throw failure('version-taken', { name, version, ...short });
}
