import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { exampleRepo } from '../../kit/example.js';
import { record } from '../../kit/record.js';

it('a build where zlib is another one gives the same sha256, by the twin, which no other build loads', () => {
  const [own, other] = [{}, { NODE_OPTIONS: `--require ${resolve('test/kit/other-zlib.cjs')}` }].map((env) => {
    const r = exampleRepo();
    const { code, loaded } = record(r, ['build', 'inbox-core', 'ingest'], { env });
    expect(code).toBe(0);
    const zips = ['layers/inbox-core-1.0.0.zip', 'functions/ingest-1.0.0.zip'].map((file) =>
      createHash('sha256')
        .update(readFileSync(join(r.dir, '.build', file)))
        .digest('hex'),
    );
    return { zips, hasTwin: loaded.includes('pako') };
  });
  expect(own?.hasTwin).toBe(false);
  expect(other).toEqual({ zips: own?.zips, hasTwin: true });
});
