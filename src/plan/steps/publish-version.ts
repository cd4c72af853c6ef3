import { failure, isFailure } from '../../errors.js';
import { parseLayerArn } from '../../layer/arn.js';
import { describedAs, publishedAs } from '../../layer/description.js';
import type { PublishedVersion, PublishRequest } from '../../ports.js';
import type { Receipt, StepKind, World } from '../step.js';
import { stepName } from '../step-name.js';

export interface PublishVersion {
  kind: 'publish-version';
  environment: string;
  name: string;
  version: string;
  request: PublishRequest;
  /** Of all files, in bytes, where the zip was looked into. */
  unzipped?: number;
  /** The version that is recorded as holding it, whoever published it. */
  known?: string;
}

/** Waits between looks, in milliseconds: a list may lag behind what was published. */
const looks = [0, 1000, 2000, 4000, 8000];

/**
 * Publishes a layer version. The service has no token that would make a repeated call harmless, so there is one attempt;
 * whether it arrived is then read from what is published: same name and version in the description, same digest.
 */
export const publishVersion: StepKind<PublishVersion> = {
  name: ({ name, environment }) => stepName('publish-version', environment, name),
  describe: ({ environment, name, version, request }) =>
    `publish ${name} ${version} to ${environment} as ${request.layerName}`,
  probe: find,
  async act(data, world) {
    if (await arrives(data, world)) return;
    // Nothing shows up long after the answer was lost: it never arrived, and one more attempt is due.
    await arrives(data, world, { orFail: true });
  },
  confirm: find,
  undo: null,
};

/** One attempt, and where its answer is lost a look at what there is. */
async function arrives(data: PublishVersion, world: World, { orFail = false } = {}): Promise<boolean> {
  try {
    await world.at(data.environment).registry.publish(data.request);
    return true;
  } catch (error) {
    const isLost = isFailure(error) && (error.code === 'answer-unknown' || error.code === 'aws-unreachable');
    for (const wait of isLost && !orFail ? looks : [0]) {
      if (wait > 0) await world.pause(wait);
      // Where nobody answers now, what was lost is what has to be told.
      const found = await find(data, world).catch((problem) => {
        throw isFailure(problem) && problem.exit === 3 ? problem : error;
      });
      if (found !== null) return true;
    }
    if (!isLost || orFail) throw error;
    return false;
  }
}

/** The first that was published; `extras` are others that hold the same, made by a network that brings a request twice. */
async function find(
  { environment, name, version, request, known }: PublishVersion,
  world: World,
): Promise<Receipt | null> {
  const { registry } = world.at(environment);
  const arn = parseLayerArn(known ?? '');
  const there = arn?.layerName === request.layerName ? await registry.version(arn.layerName, arn.version) : null;
  if (there?.arn === known && there?.sha256 === request.sha256) return receiptOf(there, []);
  const versions = await registry.versions(request.layerName, describedAs(name, version));
  const { same, other } = publishedAs(versions, { name, version, sha256: request.sha256 });
  const [first, ...extras] = same;
  if (first !== undefined) return receiptOf(first, extras);
  const [taken] = other;
  if (taken === undefined) return null;
  const short = { there: taken.sha256.slice(0, 16), here: request.sha256.slice(0, 16) };
  throw failure('version-taken', { name, version, ...short });
}

function receiptOf({ arn, version: number, createdAt }: PublishedVersion, extras: PublishedVersion[]): Receipt {
  return { arn, number, createdAt, ...(extras.length > 0 && { extras: extras.map((extra) => extra.arn).join(' ') }) };
}
