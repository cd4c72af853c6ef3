import type { ArtefactReading } from '../inside/reading.js';
import type { Demands } from './demands.js';
import type { OneProblem } from './problem.js';

const bytecode = /(?:^|[/\\])__pycache__(?:[/\\]|$)|\.py[co]$/i;
const backup = /~$|\.(?:bak|backup|orig|rej|sw[nop])$|(?:^|[/\\])(?:thumbs\.db|desktop\.ini|\.ds_store)$/i;

/** What no function needs: Python's caches, and what editors leave. What packages' authors left is their choice. */
export function* leftoverProblems({ files }: ArtefactReading, { isOwnCode }: Demands): Iterable<OneProblem> {
  for (const { path } of files) {
    if (bytecode.test(path)) {
      yield { kind: 'leftover', what: 'bytecode, which differs with every build', path, habit: 'bytecode' };
    } else if (isOwnCode && backup.test(path)) {
      yield { kind: 'leftover', what: 'a backup or a cache of an editor or a desktop', path, habit: 'backups' };
    }
  }
}
