import { afterAll, beforeAll } from 'vitest';
import { awsRegistry } from '../../src/io/registry/aws.js';
import { registryContract } from '../io/registry/contract.js';
import { type Emulator, type EmulatorName, startEmulator } from '../kit/emulators/start.js';
import { awsAt, emptyWorld } from './world.js';

for (const name of ['moto', 'ministack'] as EmulatorName[]) {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator(name);
  }, 300_000);
  afterAll(() => emulator?.stop());

  registryContract(`the registry over ${name}`, async () => ({
    registry: awsRegistry(await emptyWorld(emulator)),
    again: async () => awsRegistry(await awsAt(emulator.url)),
  }));
}
