import { modulePath } from '../inside/module-path.js';
import type { ArtefactReading } from '../inside/reading.js';
import type { Demands } from './demands.js';
import type { OneProblem } from './problem.js';

/** Whether Python will find what is in it. */
export function* rootProblems(
  { files, problems }: ArtefactReading,
  { layout, runtimes }: Demands,
): Iterable<OneProblem> {
  const say = (what: string, path: string | null = null): OneProblem => ({ kind: 'root', what, path });
  if (files.length === 0) {
    // Of a zip whose directory cannot be read nobody knows what it holds.
    if (problems.length === 0) yield say('there is no file in it');
    return;
  }
  if (layout === 'function') {
    const hasCode = files.some(({ path }) => /^[^/\\]+\.py$/.test(path));
    if (!hasCode) yield say("there is no handler: a function's code begins at the root of its zip");
    return;
  }
  for (const { path } of files) {
    const { path: inside, runtime } = modulePath(path, layout);
    if (inside === null) yield say('not below python/, where Lambda looks for the modules of a layer', path);
    if (runtime !== null && !runtimes.includes(runtime))
      yield say(`only ${runtime} looks there, which is not declared`, path);
  }
}
