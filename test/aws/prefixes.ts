import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Bench } from './bench.js';
import { type Scene, scene } from './scene.js';
import { region } from './world.js';

export const promoting = ['promote', '--from', 'dev', '--to', 'stage', '--yes', '--no-attach'];
export const places = { dev: 'inbox-lambda-code-dev', stage: 'inbox-lambda-code-stage' };

/** A layer that was released to one environment, and a prefix that goes along to the other. */
export async function beforePromotion(
  { emulator, proxy }: Pick<Bench, 'emulator' | 'proxy'>,
  more: object = {},
): Promise<Scene> {
  const made = await scene(emulator, proxy);
  const CreateBucketConfiguration = { LocationConstraint: region } as const;
  await S3(made).send(new CreateBucketCommand({ Bucket: places.stage, CreateBucketConfiguration }));
  const { repo } = made;
  const policy = JSON.parse(repo.read('.layerpolicyrc.json'));
  policy.environments.stage.sync = [{ from: places.dev, to: places.stage, prefix: 'canonical/', ...more }];
  repo.commit('sync', { '.layerpolicyrc.json': `${JSON.stringify(policy, null, 2)}\n` });
  repo.git('push', '-q', '-f', 'origin', 'develop');
  const ran = await made.release();
  expect(ran.code, ran.stderr).toBe(0);
  repo.git('push', '-q', '-f', 'origin', 'develop');
  return made;
}

export const S3 = ({ aws }: Scene) => aws.clients.s3.read;

export const put = (on: Scene, place: 'dev' | 'stage', key: string, Body: string) =>
  S3(on).send(new PutObjectCommand({ Bucket: places[place], Key: key, Body }));
