import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { bench } from './bench.js';
import { type Scene, scene } from './scene.js';
import { account, region } from './world.js';

const moto = bench('moto');

interface Statement {
  Sid: string;
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
  Condition?: object;
}

/** As `docs/aws.md` has it. */
const written: { Version: string; Statement: Statement[] } = JSON.parse(
  /<!-- policy: release -->\n```json\n(.*?)\n```/s.exec(readFileSync('docs/aws.md', 'utf8'))?.[1] ?? '',
);

/**
 * S3's part as it is written, but that moto has an action of its own for HeadBucket. It judges every request to Lambda as one
 * to `*`, and knows no conditions.
 */
const judged = (without?: string) => ({
  ...written,
  Statement: written.Statement.map(({ Condition: _, ...one }) => ({
    ...one,
    Action: [one.Action]
      .flat()
      .filter((action) => action !== without)
      .flatMap((action) => (action === 's3:ListBucket' ? [action, 's3:HeadBucket'] : [action])),
    Resource: [one.Action].flat().every((action) => action.startsWith('lambda:')) ? '*' : one.Resource,
  })).filter(({ Action }) => Action.length > 0),
});

/** An identity of that policy alone, and moto that asks for one. */
async function allowed(world: Scene, policy: object): Promise<Scene> {
  await iam({ Action: 'CreateUser', UserName: 'releaser' });
  const PolicyDocument = JSON.stringify(policy);
  await iam({ Action: 'PutUserPolicy', UserName: 'releaser', PolicyName: 'release', PolicyDocument });
  const keys = await iam({ Action: 'CreateAccessKey', UserName: 'releaser' });
  const part = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(keys)?.[1];
  await fetch(`${moto.emulator.url}/moto-api/reset-auth`, { method: 'POST', body: '0' });
  return world.with({
    AWS_ACCESS_KEY_ID: part('AccessKeyId'),
    AWS_SECRET_ACCESS_KEY: part('SecretAccessKey'),
    AWS_SESSION_TOKEN: undefined,
    // Signatures are checked, and are of the address they were made for.
    AWS_ENDPOINT_URL: moto.emulator.url,
  });
}

async function iam(form: Record<string, string>): Promise<string> {
  const scope = `${account}/20260101/${region}/iam/aws4_request`;
  const answer = await fetch(moto.emulator.url, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
    body: new URLSearchParams({ Version: '2010-05-08', ...form }),
  });
  return answer.text();
}

async function anybody(): Promise<void> {
  await fetch(`${moto.emulator.url}/moto-api/reset-auth`, { method: 'POST', body: 'inf' });
}

it('the policy of docs/aws.md lets a release through', async () => {
  const world = await scene(moto.emulator, moto.proxy);
  try {
    const ran = await (await allowed(world, judged())).release();
    expect([ran.code, ran.failure], ran.stderr).toEqual([0, null]);
  } finally {
    await anybody();
  }
  expect(await world.published()).toBe(1);
});

it.each([
  's3:GetObject',
  's3:PutObject',
  's3:ListBucket',
  'lambda:PublishLayerVersion',
  'lambda:GetLayerVersion',
])('and without %s it does not, and says so', async (action) => {
  const world = await scene(moto.emulator, moto.proxy);
  try {
    const ran = await (await allowed(world, judged(action))).release();
    expect([ran.code, ran.failure]).toEqual([4, action === 's3:ListBucket' ? 'bucket-foreign' : 'aws-denied']);
    expect(ran.stdout).toContain(action);
  } finally {
    await anybody();
  }
});
