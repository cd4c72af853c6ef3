/**
 * npm run bench:sync [-- --objects 10000 --rounds 3]
 *
 * A promotion that takes a prefix along, beside `aws s3 sync` of the AWS CLI: the same objects on the same emulator, in turns,
 * and each from the same state. Three times: to an empty bucket, with nothing to do, with one object in a hundred changed.
 */
import { execFile } from 'node:child_process';
import { parseArgs, promisify } from 'node:util';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import setup from '../kit/build-once.js';
import { startEmulator } from '../kit/emulators/start.js';
import { aws } from '../kit/peers.js';
import { startProxy } from './proxy/start.js';
import type { Scene } from './scene.js';
import { awsVars, region } from './world.js';

const { values } = parseArgs({
  options: { objects: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '3' } },
});
const [objects, rounds] = [Number(values.objects), Number(values.rounds)];
const keys = Array.from({ length: objects }, (_, i) => `canonical/${i % 100}/${i}.json`);

const teardown = setup();
const emulator = await startEmulator('ministack');
const proxy = await startProxy(emulator.url);
try {
  const { beforePromotion, places, promoting, put, S3 } = await import('./prefixes.js');
  const world = await beforePromotion({ emulator, proxy });
  const write = async (some: string[], text: string) => {
    for (let at = 0; at < some.length; at += 50) {
      await Promise.all(some.slice(at, at + 50).map((key) => put(world, 'dev', key, `${text} ${key}`)));
    }
  };
  await write(keys, 'first');
  const before = await emulator.keep();
  const direct = { AWS_ENDPOINT_URL: emulator.url };
  const env = { ...process.env, ...awsVars(emulator.url), AWS_DEFAULT_REGION: region } as NodeJS.ProcessEnv;
  const program = aws();
  const tools = {
    'layer-policy promote': async (on: Scene) => {
      const { code, stderr } = await on.with(direct).run(...promoting);
      if (code !== 0) throw new Error(stderr);
      on.repo.git('push', '-q', '-f', 'origin', 'develop');
    },
    'aws s3 sync': async () => {
      const [from, to] = [`s3://${places.dev}/canonical/`, `s3://${places.stage}/canonical/`];
      await promisify(execFile)(program, ['s3', 'sync', from, to, '--only-show-errors'], { env });
    },
  };
  const seconds = new Map<string, number[]>();
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(tools)) {
      await emulator.back(before);
      const on = world.elsewhere();
      const timed = async (what: string) => {
        const begun = performance.now();
        await run(on);
        const took = (performance.now() - begun) / 1000;
        seconds.set(`${name}, ${what}`, [...(seconds.get(`${name}, ${what}`) ?? []), took]);
        console.log(`${name}, ${what}: ${took.toFixed(1)} s`);
      };
      await timed('all');
      if ((await there()) !== objects) throw new Error(`${name} left ${await there()} objects`);
      await timed('nothing');
      await write(
        keys.filter((_, at) => at % 100 === 0),
        'other',
      );
      await timed('one in a hundred');
    }
  }
  console.log(`${objects} objects, medians of ${rounds}:`);
  for (const [what, all] of seconds) {
    const median = all.sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0;
    console.log(`  ${what}: ${median.toFixed(1)} s`);
  }

  async function there(): Promise<number> {
    let [count, token]: [number, string | undefined] = [0, undefined];
    do {
      const command: ListObjectsV2Command = new ListObjectsV2Command({
        ...{ Bucket: places.stage, Prefix: 'canonical/', ContinuationToken: token },
      });
      const page = await S3(world).send(command);
      count += page.KeyCount ?? 0;
      token = page.NextContinuationToken;
    } while (token);
    return count;
  }
} finally {
  await proxy.close();
  await emulator.stop();
  teardown();
}
