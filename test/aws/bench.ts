import { afterAll, beforeAll } from 'vitest';
import type { AwsOptions } from '../../src/io/aws/open.js';
import { awsRegistry } from '../../src/io/registry/aws.js';
import type { Registry } from '../../src/ports.js';
import { type Emulator, type EmulatorName, startEmulator } from '../kit/emulators/start.js';
import { type FaultProxy, startProxy } from './proxy/start.js';
import { awsAt, emptyWorld, target } from './world.js';

/** An emulator and a proxy before it, for the tests of one file. */
export interface Bench {
  emulator: Emulator;
  proxy: FaultProxy;
  /** An empty environment through the proxy. */
  registry(options?: Partial<AwsOptions>): Promise<Registry>;
}

export function bench(name: EmulatorName): Bench {
  const made: Partial<Bench> = {};
  beforeAll(async () => {
    made.emulator = await startEmulator(name);
    made.proxy = await startProxy(made.emulator.url);
  }, 300_000);
  afterAll(async () => {
    await made.proxy?.close();
    await made.emulator?.stop();
  });
  const there = <Part>(part: Part | undefined): Part => {
    if (part === undefined) throw new Error('it is there in tests only');
    return part;
  };
  return {
    get emulator() {
      return there(made.emulator);
    },
    get proxy() {
      return there(made.proxy);
    },
    async registry(options) {
      await emptyWorld(there(made.emulator));
      const { url, reset } = there(made.proxy);
      reset();
      const aws = await awsAt(url, target, options);
      there(made.proxy).log.length = 0;
      return awsRegistry(aws);
    },
  };
}
