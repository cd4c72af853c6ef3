import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { binFolder } from './cli.js';
import { repo } from './repo.js';
import { parseScenario, type Step } from './scenario-file.js';
import { type Found, type Verb, verbs, type World } from './scenario-verbs.js';
import { tempFolder } from './temp.js';

/** Plays a scenario in a fresh repository that holds its files, nothing committed. Throws `name:LINE: …` at the first wrong step. */
export function playScenario(name: string, text: string): void {
  const { steps, files } = inFile(name, () => parseScenario(text));
  for (const step of steps) inFile(name, () => known(step));
  const dir = join(tempFolder('scenario'), 'repo');
  mkdirSync(dir);
  const made = repo({ dir }).write(files);
  // Clones made by a scenario have no identity of their own.
  const who = { GIT_AUTHOR_NAME: 'Kit', GIT_AUTHOR_EMAIL: 'kit@example.com' };
  const committer = { GIT_COMMITTER_NAME: 'Kit', GIT_COMMITTER_EMAIL: 'kit@example.com' };
  const env = { ...who, ...committer, PATH: [binFolder(), made.env.PATH].join(delimiter) };
  const world: World = { repo: made.with(env), cwd: dir, stdin: '', last: null };
  for (const step of steps) inFile(name, () => play(world, step));
}

function known(step: Step): Verb {
  const verb = Object.hasOwn(verbs, step.verb) ? verbs[step.verb] : undefined;
  if (!verb)
    throw new Error(`line ${step.line}: there is no '${step.verb}'; there is ${Object.keys(verbs).join(', ')}`);
  const [least, most] = verb.args;
  if (step.args.length < least || step.args.length > most) throw new Error(`line ${step.line}: usage: ${verb.usage}`);
  return verb;
}

function play(world: World, step: Step): void {
  const wrong = (problem: string) => new Error(`line ${step.line}: ${step.verb} ${step.args.join(' ')}\n${problem}`);
  let found: Found;
  try {
    found = known(step).run(world, step.args);
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
  if (found && 'result' in found) {
    world.last = found.result;
    const { code, stdout, stderr } = found.result;
    const asWanted = step.exit === null ? (code !== 0) === step.not : code === step.exit;
    if (!asWanted) throw wrong(`ended with ${code}\nstdout: ${stdout}\nstderr: ${stderr}`);
  } else if (step.exit !== null) {
    throw wrong('[exit N] is for git and layer-policy');
  } else if (found) {
    if (found.holds === step.not) throw wrong(found.seen);
  } else if (step.not) {
    throw wrong('cannot be negated');
  }
}

function inFile<T>(name: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(message.replace(/^line /, `${name}:`), { cause: error });
  }
}
