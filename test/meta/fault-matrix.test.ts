import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/**
 * What can go wrong on the way to AWS, by number. Every row is held by a test whose title begins with it (`row 7: …`).
 */
const rows: Record<number, string> = {
  1: 'the answer to a publish is lost',
  2: 'and the look afterwards fails as well',
  3: 'a 5xx after it was published',
  4: 'half of an answer',
  5: 'the request never arrives',
  6: 'the network brings a request twice',
  7: 'killed between publish and record',
  8: 'killed at every step',
  9: 'interrupted',
  10: 'two releases of the same content',
  11: 'two releases of different content',
  12: 'the holder of the lease died',
  13: 'throttled for a while',
  14: 'throttled for ever',
  15: 'credentials expire on the way',
  16: 'no credentials, or nobody logged in',
  17: 'another account',
  18: 'another region',
  19: 'no such bucket',
  20: 'a bucket of another account',
  21: 'one permission is missing',
  22: 'a key that may be missing or forbidden',
  23: 'the same object is there',
  24: 'another object is there',
  25: 'a race that S3 wants made again',
  26: 'an upload is damaged on the way',
  27: 'the object is replaced before it is published',
  28: 'the object is gone when it is published',
  29: 'a version is published again with other content',
  30: 'an update of a function is under way',
  31: 'a function changed in between',
  32: 'an update of a function fails',
  33: 'an update never ends, or the function goes',
  34: 'a function of the plan is missing',
  35: 'the third of five functions fails',
  36: 'the rules of layer lists',
  37: 'a smoke test fails, or is throttled',
  38: 'a layer version was deleted by hand',
  39: 'layers of a function were changed by others',
  40: 'an alias stays behind',
  41: 'clocks disagree',
  42: 'no room for the journal',
  43: 'a copy that says 200 and failed',
  44: 'what is promoted changed in between',
  45: 'more versions than fit one page',
  46: 'code storage, runtimes, code signing',
  47: 'an address of elsewhere in production',
  48: 'pages of a network',
};

const titled = new Set(
  readdirSync('test/aws', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(`test/aws/${file}`, 'utf8').matchAll(/['`]row (\d+): /g)])
    .map(([, number]) => Number(number)),
);

it('every row has a test', () => {
  expect([...titled].sort((a, b) => a - b)).toEqual(Object.keys(rows).map(Number));
});
