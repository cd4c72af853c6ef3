import { createHash, randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { account } from '../world.js';
import { type Answer, errorAnswer, withJson } from './answer.js';
import type { Operation } from './operation.js';
import type { Asked } from './start.js';

/** What AWS insists on and no emulator does. */
export interface Strictness {
  /** Milliseconds for which an update is under way. */
  window: number;
  /** How the next update of a function ends: the reason it fails for. */
  failNext(functionName: string, reason: string): void;
  /** Somebody else changes a function: its revision is another one. */
  touch(functionName: string): void;
  /** Whose bucket it is, when it is not the account's own. */
  ownedBy(bucket: string, owner: string): void;
  /** As lenient as the emulator. */
  lax: boolean;
  /** Whether a signature has to be of these minutes. */
  clock: boolean;
  around(asked: Asked, forward: () => Promise<Answer>): Promise<Answer>;
  reset(): void;
}

interface Standing {
  revision: string;
  /** The update under way: the revision and the reason it will end with. */
  update: { ends: number; revision: string; reason: string | null } | null;
  failed: string | null;
  /** The last version, as long as nothing changed since; undefined: nobody published or changed it in this proxy's sight. */
  published: Answer | null | undefined;
}

export function strictness(upstream: string): Strictness {
  const functions = new Map<string, Standing>();
  const failing = new Map<string, string>();
  const owners = new Map<string, string>();
  const aliases = new Map<string, string>();

  function standing(asked: Asked): Standing {
    const name = whole(asked);
    const there = functions.get(name) ?? { revision: randomUUID(), update: null, failed: null, published: undefined };
    if (there.update !== null && Date.now() >= there.update.ends) {
      Object.assign(there, { revision: there.update.revision, failed: there.update.reason, update: null });
    }
    functions.set(name, there);
    return there;
  }

  const shown = (answer: Answer, { revision, update, failed }: Standing) =>
    withJson(answer, (found) => ({
      ...found,
      RevisionId: revision,
      State: 'Active',
      LastUpdateStatus: update !== null ? 'InProgress' : failed !== null ? 'Failed' : 'Successful',
      ...(failed !== null &&
        update === null && { LastUpdateStatusReasonCode: 'InternalError', LastUpdateStatusReason: failed }),
    }));

  async function update(asked: Asked, forward: () => Promise<Answer>, self: Strictness): Promise<Answer> {
    const [name = ''] = asked.operation.parts;
    const { RevisionId: wanted, Layers: layers = [] } = JSON.parse(asked.body.toString());
    const there = standing(asked);
    const refuse = (status: number, code: string, message: string) =>
      errorAnswer(asked.operation, status, code, message);
    if (there.update !== null) return refuse(409, 'ResourceConflictException', busy(name));
    if (wanted !== undefined && wanted !== there.revision) return refuse(412, 'PreconditionFailedException', stale);
    const names = (layers as string[]).map((arn) => arn.replace(/:\d+$/, ''));
    if (names.length > 5) return refuse(400, 'InvalidParameterValueException', 'Cannot reference more than 5 layers.');
    if (new Set(names).size < names.length) {
      const message = 'Two different versions of the same layer are not allowed to be referenced in the same function.';
      return refuse(400, 'InvalidParameterValueException', message);
    }
    const answer = await forward();
    if (answer.status === 404 && layers.length > 0) {
      return refuse(400, 'InvalidParameterValueException', `Layer version ${layers.at(-1)} does not exist.`);
    }
    if (answer.status >= 300) return answer;
    there.published = null;
    there.revision = randomUUID();
    there.update = { ends: Date.now() + self.window, revision: randomUUID(), reason: failing.get(name) ?? null };
    failing.delete(name);
    return shown(answer, there);
  }

  /** No second version of what did not change. */
  async function publishVersion(asked: Asked, forward: () => Promise<Answer>): Promise<Answer> {
    const there = standing(asked);
    const { RevisionId: wanted } = JSON.parse(asked.body.toString());
    if (there.update !== null) return errorAnswer(asked.operation, 409, 'ResourceConflictException', busy('it'));
    if (wanted !== undefined && wanted !== there.revision) {
      return errorAnswer(asked.operation, 412, 'PreconditionFailedException', stale);
    }
    if (there.published === undefined) there.published = await unchangedVersion(asked);
    there.published ??= await forward();
    return there.published;
  }

  /** What the emulator has as the last version, where $LATEST is that still. */
  async function unchangedVersion({ operation, headers }: Asked): Promise<Answer | null> {
    const list = await fetch(`${upstream}/2015-03-31/functions/${operation.parts[0]}/versions`, {
      headers: { authorization: headers.authorization ?? '' },
    });
    const { Versions: all = [] } = (await list.json()) as { Versions?: Record<string, unknown>[] };
    const latest = all.find(({ Version }) => Version === '$LATEST');
    const last = all.filter((one) => one !== latest).sort((a, b) => Number(b.Version) - Number(a.Version))[0];
    if (latest === undefined || last === undefined || !isDeepStrictEqual(kept(latest), kept(last))) return null;
    return { status: 201, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(last)) };
  }

  /** An alias is moved from the revision that was read, or not at all. */
  async function moveAlias(asked: Asked, forward: () => Promise<Answer>): Promise<Answer> {
    const id = whole(asked);
    const { RevisionId: wanted } = JSON.parse(asked.body.toString());
    if (wanted !== undefined && wanted !== aliases.get(id)) {
      return errorAnswer(asked.operation, 412, 'PreconditionFailedException', stale);
    }
    return withAlias(id, await forward(), randomUUID());
  }

  function withAlias(id: string, answer: Answer, revision = aliases.get(id) ?? randomUUID()): Answer {
    if (answer.status >= 300) return answer;
    aliases.set(id, revision);
    return withJson(answer, (found) => ({ ...found, RevisionId: revision }));
  }

  async function publish(asked: Asked, forward: () => Promise<Answer>): Promise<Answer> {
    const { Content } = JSON.parse(asked.body.toString());
    if (Content?.S3Key === undefined) return forward();
    const signed = asked.headers.authorization?.replace('/lambda/', '/s3/') ?? '';
    const there = await fetch(`${upstream}/${Content.S3Bucket}/${Content.S3Key}`, {
      method: 'HEAD',
      headers: { authorization: signed },
    });
    if (there.ok) return forward();
    const message = `Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.`;
    return errorAnswer(asked.operation, 400, 'InvalidParameterValueException', message);
  }

  async function s3(asked: Asked, forward: () => Promise<Answer>): Promise<Answer> {
    const { operation, headers } = asked;
    const owner = headers['x-amz-expected-bucket-owner'];
    const [bucket = ''] = operation.parts;
    if (owner !== undefined && owner !== (owners.get(bucket) ?? account)) {
      return errorAnswer(operation, 403, 'AccessDenied', 'Access Denied');
    }
    const sum = headers['x-amz-checksum-sha256'];
    if (sum !== undefined && sum !== createHash('sha256').update(asked.body).digest('base64')) {
      return errorAnswer(
        operation,
        400,
        'BadDigest',
        'The SHA256 you specified did not match the calculated checksum.',
      );
    }
    if (operation.name === 'CreateBucket') return forward();
    const [, scope] = /\/([a-z0-9-]+)\/s3\/aws4_request/.exec(headers.authorization ?? '') ?? [];
    const found = await fetch(`${upstream}/${bucket}`, {
      method: 'HEAD',
      headers: { authorization: headers.authorization ?? '' },
    });
    const region = found.headers.get('x-amz-bucket-region') ?? scope ?? '';
    if (!found.ok || region === scope) return forward();
    const message = 'The bucket you are attempting to access must be addressed using the specified endpoint.';
    return errorAnswer(operation, 301, 'PermanentRedirect', message, { 'x-amz-bucket-region': region });
  }

  const self: Strictness = {
    window: 50,
    lax: false,
    clock: false,
    ownedBy: (bucket, owner) => void owners.set(bucket, owner),
    failNext: (name, reason) => void failing.set(name, reason),
    touch(name) {
      for (const [one, there] of functions) if (one.endsWith(`:${name}`)) there.revision = randomUUID();
    },
    reset() {
      functions.clear();
      failing.clear();
      owners.clear();
      aliases.clear();
      Object.assign(self, { window: 50, lax: false, clock: false });
    },
    async around(asked, forward) {
      const { service, name } = asked.operation;
      if (self.lax) return forward();
      if (self.clock && isOff(asked.headers['x-amz-date'])) return tooOld(asked.operation);
      if (service === 's3') return s3(asked, forward);
      if (name === 'PublishLayerVersion') return publish(asked, forward);
      if (name === 'PublishVersion') return publishVersion(asked, forward);
      if (name === 'UpdateAlias') return moveAlias(asked, forward);
      if (name === 'GetAlias') return withAlias(whole(asked), await forward());
      if (name === 'UpdateFunctionConfiguration' || name === 'UpdateFunctionCode') return update(asked, forward, self);
      const answer = await forward();
      if (answer.status !== 200) return answer;
      // Emulators keep a version for ever in the state that $LATEST had when it was made.
      const rest = { State: 'Active', LastUpdateStatus: 'Successful' };
      if (name === 'ListVersionsByFunction') {
        return withJson(answer, (found) => ({
          ...found,
          Versions: (found.Versions as object[]).map((one) => ({ ...one, ...rest })),
        }));
      }
      if (name !== 'GetFunctionConfiguration') return answer;
      if (asked.qualifier !== null) return withJson(answer, (found) => ({ ...found, ...rest }));
      return shown(answer, standing(asked));
    },
  };
  return self;
}

/** A name as no other account or region has it. */
function whole({ operation, headers }: Asked): string {
  const [, account = '', region = ''] = /Credential=([^/]*)\/\d+\/([^/]*)\//.exec(headers.authorization ?? '') ?? [];
  return [account, region, ...operation.parts].join(':');
}

/** Of a version: what is not its own. An emulator that dates changes dates a version as the change before it. */
function kept(version: Record<string, unknown>): object {
  const own = /^(Version|FunctionArn|RevisionId|State.*|LastUpdateStatus.*)$/;
  return Object.fromEntries(Object.entries(version).filter(([name]) => !own.test(name)));
}

const busy = (name: string) =>
  `The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:::function:${name}`;

const stale =
  'The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id';

/** More than five minutes from now: `20261121T170000Z`. */
function isOff(date: string | string[] | undefined): boolean {
  const iso = String(date).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  return !(Math.abs(Date.parse(iso) - Date.now()) < 300_000);
}

function tooOld(operation: Operation): Answer {
  if (operation.service === 's3') {
    const message = 'The difference between the request time and the current time is too large.';
    return errorAnswer(operation, 403, 'RequestTimeTooSkewed', message);
  }
  const code = operation.service === 'lambda' ? 'InvalidSignatureException' : 'SignatureDoesNotMatch';
  return errorAnswer(operation, 403, code, 'Signature expired or not yet current');
}
