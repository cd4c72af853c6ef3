import type { ArtefactReading } from '../inside/reading.js';
import { isSecretFile } from '../inside/secrets.js';
import type { Demands } from './demands.js';
import type { OneProblem } from './problem.js';

const tests = /(?:^|\/)tests?\//;

/** Everybody who may use a layer can download it. The secret itself is never told, only a hash to know it again by. */
export function* secretProblems({ files }: ArtefactReading, { isOwnCode }: Demands): Iterable<OneProblem> {
  for (const { path, seen } of files) {
    if (isSecretFile(path)) yield { kind: 'secret', what: 'a file made to hold secrets', path };
    for (const { what, hash, isExample } of seen?.secrets ?? []) {
      // Packages show the key of AWS's documentation in theirs, and their tests have keys for themselves.
      if (isOwnCode || !(isExample || tests.test(path)))
        yield { kind: 'secret', what: `${what} (sha256 ${hash}…)`, path };
    }
  }
}
