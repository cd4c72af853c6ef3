import { Readable } from 'node:stream';
import type { PutObjectCommand } from '@aws-sdk/client-s3';

/** As a stream has it by itself: small enough to be seen moving, large enough to cost nothing. */
const piece = 65_536;

/**
 * Tells how many bytes of a request have been handed to the network. By then all is signed and summed over the whole body,
 * and its length is in a header; what goes over the wire is the same, in pieces that the network takes one by one. Outside
 * of this the body is what it was, so whoever tries again has all of it.
 */
export function countSent(command: PutObjectCommand, sent: (bytes: number) => void): void {
  command.middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as { body: unknown };
      const whole = request.body;
      if (!(whole instanceof Uint8Array)) return next(args);
      request.body = Readable.from(pieces(whole, sent), { objectMode: false, highWaterMark: piece });
      try {
        return await next(args);
      } finally {
        request.body = whole;
      }
    },
    // The last thing before the request is made.
    { step: 'deserialize', priority: 'low' },
  );
}

function* pieces(whole: Uint8Array, sent: (bytes: number) => void): Generator<Uint8Array> {
  for (let start = 0; start < whole.length; start += piece) {
    yield whole.subarray(start, start + piece);
    // Asked for the next one: this one was taken.
    sent(Math.min(start + piece, whole.length));
  }
}

/** The same of an answer, as it comes. It is read by somebody else. */
export function countReceived(body: unknown, received: (bytes: number) => void): void {
  if (!(body instanceof Readable)) return;
  let sum = 0;
  body.on('data', (chunk: Uint8Array) => {
    sum += chunk.length;
    received(sum);
  });
}
