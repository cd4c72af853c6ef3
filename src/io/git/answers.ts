import type { Queue } from './queue.js';

export interface GitObject {
  oid: string;
  type: string;
  size: number;
  /** null when the object is larger than the limit it was asked with. */
  bytes: Buffer | null;
}

export interface Question {
  name: string;
  /** Contents beyond it are passed over; `null` asks for none. */
  limit: number | null;
  resolve(object: GitObject | null): void;
  reject(error: Error): void;
}

const newline = 10;

/** Bytes that nobody wants: so many are passed over, more are not waited for. */
const patience = 4 * 1024 * 1024;

/**
 * Splits what `cat-file` says (`oid type size\n` bytes `\n`, or `name missing\n`) among those who asked, in turn. Who asks
 * for no contents gets none from a git that takes commands (`bare`); an older one sends them all the same. `leave` is called
 * where the rest of what it says is not worth listening to: whoever still waits has to ask somebody else.
 */
export function answers(waiting: Queue<Question>, bare: boolean, leave: () => void): (chunk: Buffer) => void {
  let header = '';
  let current: { object: GitObject; left: number; parts: Buffer[] | null } | null = null;

  return (chunk) => {
    for (let at = 0; at < chunk.length; ) {
      if (current === null) {
        const end = chunk.indexOf(newline, at);
        header += chunk.toString('latin1', at, end === -1 ? chunk.length : end);
        if (end === -1) return;
        at = end + 1;
        const object = parseHeader(header);
        header = '';
        if (object === null) {
          waiting.shift()?.resolve(null);
          continue;
        }
        const limit = waiting.first()?.limit ?? null;
        if (limit === null && bare) {
          waiting.shift()?.resolve(object);
          continue;
        }
        const wanted = limit !== null && object.size <= limit;
        if (!wanted && object.size > patience) {
          waiting.shift()?.resolve(object);
          return leave();
        }
        current = { object, left: object.size + 1, parts: wanted ? [] : null };
      }
      const { object, parts } = current;
      const part = chunk.subarray(at, at + current.left);
      parts?.push(part);
      current.left -= part.length;
      at += part.length;
      if (current.left > 0) return;
      current = null;
      const whole = parts?.length === 1 ? part : Buffer.concat(parts ?? []);
      waiting.shift()?.resolve({ ...object, bytes: parts && whole.subarray(0, object.size) });
    }
  };
}

/** null for `name missing` and its like: they end in a word, and a name may hold blanks. */
function parseHeader(line: string): GitObject | null {
  const [oid = '', type = '', length, ...more] = line.split(' ');
  const size = Number(length);
  return Number.isNaN(size) || more.length > 0 ? null : { oid, type, size, bytes: null };
}
