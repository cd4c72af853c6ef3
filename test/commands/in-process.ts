import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { Command, FlagSpec, Flags, Outcome } from '../../src/commands/command.js';
import { realEnv } from '../../src/env.js';
import { type Failure, isFailure } from '../../src/errors.js';
import type { Repo } from '../kit/repo.js';

const plain = (text: string) => text;
const style = { bold: plain, dim: plain, red: plain, yellow: plain, green: plain, cyan: plain };

export interface Ran extends Outcome {
  /** The human text, without colours. */
  said: string;
}

/** Runs one command in this process, with the real environment, on a repository of the kit. */
export async function runCommand<Specs extends Record<string, FlagSpec>>(
  command: Command<Specs>,
  story: Repo,
  args: string[] = [],
  flags = {} as Flags<Specs>,
): Promise<Ran> {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough(), stdin: new PassThrough() };
  // The program ends with the command, long before this process does.
  const life = new EventEmitter();
  const once = life.once.bind(life);
  const own = { cwd: () => story.dir, env: story.env, argv: ['node', 'layer-policy'], once, ...streams };
  const host: NodeJS.Process = Object.create(process, Object.getOwnPropertyDescriptors(own));
  const env = realEnv(host, { cwd: undefined, color: false, quiet: false });
  try {
    const outcome = await command.run(env, flags, args);
    return { ...outcome, said: outcome.text(style) };
  } finally {
    env.close();
    life.emit('exit');
  }
}

/** The failure a command ends with; fails the test when it ends well. */
export async function failureOf(running: Promise<unknown>): Promise<Failure> {
  const error = await running.then(
    () => new Error('it ended well'),
    (reason: unknown) => reason,
  );
  if (!isFailure(error)) throw error;
  return error;
}
