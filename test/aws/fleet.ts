import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateAliasCommand, PublishVersionCommand } from '@aws-sdk/client-lambda';
import { type BucketLocationConstraint, CreateBucketCommand } from '@aws-sdk/client-s3';
import type { Aws } from '../../src/io/aws/aws.js';
import { openAws } from '../../src/io/aws/open.js';
import { awsRegistry } from '../../src/io/registry/aws.js';
import { awsFunctions } from '../../src/io/registry/aws-functions.js';
import { awsObjects } from '../../src/io/registry/aws-objects.js';
import type { Functions, Registry, Target } from '../../src/ports.js';
import { withCli } from '../kit/cli.js';
import type { Emulator } from '../kit/emulators/start.js';
import { exampleRepo } from '../kit/example.js';
import type { Variables } from '../kit/isolated.js';
import type { Repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { makeFunction, makeLayer } from './functions.js';
import type { FaultProxy } from './proxy/start.js';
import { type Scene, sceneOf } from './scene.js';
import { account, awsVars, region } from './world.js';

/**
 * One layer of source and two functions that use it, in two environments: an account, a profile and a bucket each. In
 * both the functions are there already, with a layer of somebody else's.
 */
export const places = {
  dev: { name: 'dev', target: 'aws', profile: 'dev', region, account, bucket: 'inbox-code-dev' },
  stage: {
    name: 'stage',
    target: 'aws',
    profile: 'stage',
    region,
    account: '210987654321',
    bucket: 'inbox-code-stage',
  },
} as const satisfies Record<string, Target>;

export type Place = keyof typeof places;

/** In the account of `dev`. */
export const archive = { bucket: 'inbox-backups', prefix: 'layers/' };
/** By then what is archived today is old. */
export const later = { NODE_OPTIONS: `--require ${fileURLToPath(new URL('../kit/other-clock.cjs', import.meta.url))}` };

/** An environment, past the CLI. */
export interface Opened {
  aws: Aws;
  registry: Registry;
  functions: Functions;
}

export interface Fleet extends Scene {
  at: Record<Place, Opened>;
  /** Commits new versions of the layer and the first function, whose answer says `edition`, and pushes. */
  raise(edition: string, version: string): void;
}

export const functionNames = ['normalize-score', 'rescore'];
export const functionName = (place: string, name = 'normalize-score') => `inbox-${name}-${place}`;

/** What callers of a function come by, where it is among those that have one. */
export const alias = 'live';

/** `aliased`: the functions that have an alias, on a version of what they were made with. */
export async function fleet(emulator: Emulator, proxy: FaultProxy, aliased: readonly string[] = []): Promise<Fleet> {
  const vars = varsOf(proxy.url);
  const direct = { ...vars, AWS_ENDPOINT_URL: emulator.url };
  const at = { dev: await openAt(direct, 'dev'), stage: await openAt(direct, 'stage') };
  await furnished(emulator, proxy, at, aliased);
  return fleetOf(governed(aliased), at, vars);
}

/** Both environments as they are before the first release. */
export async function furnished(
  emulator: Emulator,
  proxy: FaultProxy,
  at: Fleet['at'],
  aliased: readonly string[] = [],
): Promise<void> {
  await emulator.reset();
  calm(proxy);
  for (const place of ['dev', 'stage'] as const)
    await furnish(at[place].aws, place, [places[place].bucket, ...(place === 'dev' ? [archive.bucket] : [])], aliased);
}

/** Nothing befalls anybody. */
export function calm(proxy: FaultProxy): void {
  proxy.reset();
  proxy.strict.ownedBy(places.stage.bucket, places.stage.account);
}

/** The same world under another repository, a copy of the one that made it say. */
export function fleetOf(repo: Repo, at: Fleet['at'], vars: Variables): Fleet {
  return { ...sceneOf(repo, at.dev.aws, vars), at, raise: (edition, version) => raise(repo, edition, version) };
}

/** Credentials of two accounts, and none but by profile. */
export function varsOf(url: string, targets: readonly Target[] = Object.values(places)): Variables {
  const file = join(tempFolder('profiles'), 'config');
  const profiles = targets.map(
    ({ profile, account: id }) =>
      `[profile ${profile}]\naws_access_key_id = ${id}\naws_secret_access_key = canary-secret-0123456789\n`,
  );
  writeFileSync(file, profiles.join('\n'));
  return awsVars(url, {
    AWS_CONFIG_FILE: file,
    AWS_ACCESS_KEY_ID: undefined,
    AWS_SECRET_ACCESS_KEY: undefined,
    AWS_SESSION_TOKEN: undefined,
  });
}

export async function openAt(vars: Variables, place: Place | Target): Promise<Opened> {
  // The SDK looks for profiles here, and for nothing else.
  for (const [name, value] of Object.entries(vars)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  const quiet = { say: () => {}, warn: () => {} };
  const aws = await openAws(typeof place === 'string' ? places[place] : place, {
    vars,
    version: '0.0.0-test',
    ...quiet,
    perSecond: 1000,
  });
  return { aws, registry: awsRegistry(aws), functions: awsFunctions(aws, awsObjects(aws)) };
}

/** Buckets, and both functions of an environment with a layer of somebody else's. */
export async function furnish(
  aws: Aws,
  place: string,
  buckets: readonly string[],
  aliased: readonly string[] = [],
): Promise<void> {
  for (const Bucket of buckets) {
    const CreateBucketConfiguration = { LocationConstraint: aws.target.region as BucketLocationConstraint };
    await aws.clients.s3.write.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
  }
  const functions = awsFunctions(aws, awsObjects(aws));
  const audit = await makeLayer(aws, 'audit');
  for (const name of functionNames.map((one) => functionName(place, one))) {
    await makeFunction(aws, name, 'def handler(event, context):\n    return {}\n', 'handler.handler');
    await functions.setLayers(name, [audit], (await functions.settled(name)).revision);
  }
  for (const name of functionNames) await functions.settled(functionName(place, name));
  const { write } = aws.clients.lambda;
  for (const FunctionName of aliased.map((name) => functionName(place, name))) {
    const { Version: FunctionVersion } = await write.send(new PublishVersionCommand({ FunctionName }));
    await write.send(new CreateAliasCommand({ FunctionName, Name: alias, FunctionVersion }));
  }
}

/** The example with one layer and two functions, and these environments. */
export function governed(aliased: readonly string[] = [], environments: object = twoEnvironments): Repo {
  const made = withCli(exampleRepo());
  const policy = JSON.parse(made.read('.layerpolicyrc.json'));
  const scoring = policy.functions['normalize-score'];
  const functions: Record<string, object> = { 'normalize-score': scoring, rescore: { ...scoring, ...again } };
  for (const name of aliased) functions[name] = { ...functions[name], alias };
  Object.assign(policy, {
    layers: { 'inbox-core': policy.layers['inbox-core'] },
    functions,
    archive,
    environments,
  });
  made.git('rm', '-rq', 'layer_management/active/common-deps');
  const file = 'src_v2/lambdas/normalize_score/handler.py';
  made.commit('one layer, one function', {
    '.layerpolicyrc.json': `${JSON.stringify(policy, null, 2)}\n`,
    [file]: made
      .read(file)
      .replace('from inbox_core.item', 'from inbox_core import edition\nfrom inbox_core.item')
      .replace('"statusCode": 200,', '"statusCode": 200,\n        "editions": [edition, "one"],'),
    ...library('one'),
    'src_v2/lambdas/rescore/handler.py': [
      'from inbox_core import edition',
      '',
      '',
      'def handler(event, context):',
      '    return {"statusCode": 200, "editions": [edition]}',
      '',
    ].join('\n'),
    VERSION: `${made.read('VERSION')}RESCORE_VERSION=1.0.0\n`,
  });
  made.git('init', '-q', '--bare', `${made.dir}.git`);
  made.git('remote', 'add', 'origin', `${made.dir}.git`);
  made.git('push', '-q', 'origin', 'develop');
  return made;
}

const written = ({ name: _, ...rest }: Target) => rest;
const twoEnvironments = { dev: written(places.dev), stage: { ...written(places.stage), promoteFrom: 'dev' } };

const again = {
  source: 'src_v2/lambdas/rescore',
  versionKey: 'RESCORE_VERSION',
  functionName: 'inbox-rescore-{env}',
};

const library = (edition: string) => ({ 'src_v2/inbox_core/__init__.py': `edition = "${edition}"\n` });

export function raise(repo: Repo, edition: string, version: string): void {
  const file = 'src_v2/lambdas/normalize_score/handler.py';
  repo.commit(`edition ${edition}`, {
    ...library(edition),
    [file]: repo.read(file).replace(/"editions": \[edition, "\w+"\]/, `"editions": [edition, "${edition}"]`),
    VERSION: repo.read('VERSION').replace(/^(INBOX_CORE|NORMALIZE_SCORE)_VERSION=.*$/gm, `$1_VERSION=${version}`),
  });
  repo.git('push', '-q', 'origin', 'develop');
}
