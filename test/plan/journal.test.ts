import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { files } from '../../src/io/files.js';
import { continueJournal, openJournal, pendingPlan } from '../../src/plan/journal.js';
import type { Plan } from '../../src/plan/plan.js';
import { tempFolder } from '../kit/temp.js';

const sha256 = (text: Uint8Array | string) => createHash('sha256').update(text).digest('hex');
const ports = () => ({ files, sha256, folder: tempFolder('journal') });
const plan: Plan = {
  schema: 1,
  command: 'release',
  request: {
    ...{ environment: 'local', from: null, names: [], all: false, record: true, commit: true, tag: true },
    ...{ attach: true, emergency: null },
  },
  date: '2026-01-20T00:00:00.000Z',
  commit: 'a'.repeat(40),
  branch: 'develop',
  user: 'kit',
  steps: [],
};

describe('the journal', () => {
  it('holds a plan until it is closed', async () => {
    const at = ports();
    expect(await pendingPlan(at)).toBeNull();
    const journal = await openJournal(at, plan);
    expect(await pendingPlan(at), 'nothing is begun').toBeNull();
    await journal.write({ event: 'intent', step: 'record' });
    expect(await pendingPlan(at)).toEqual(plan);
    await journal.close();
    expect([await pendingPlan(at), existsSync(journal.path)]).toEqual([null, false]);
  });

  it('cut off at any byte is the plan as far as it goes, or none, and can be gone on with', async () => {
    const at = ports();
    const journal = await openJournal(at, plan);
    await journal.write({ event: 'intent', step: 'one' });
    await journal.write({ event: 'receipt', step: 'one', receipt: { number: 1 } });
    const whole = readFileSync(journal.path);
    const begun = whole.indexOf('\n', whole.indexOf('\n') + 1) + 1;
    for (let length = 0; length <= whole.length; length++) {
      writeFileSync(journal.path, whole.subarray(0, length));
      const pending = await pendingPlan(at);
      expect(pending, `${length} bytes`).toEqual(length >= begun ? plan : null);
      if (pending === null) continue;
      const next = await continueJournal(at);
      await next.write({ event: 'intent', step: 'two' });
      const lines = readFileSync(journal.path, 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line));
      expect(lines.at(-1)).toMatchObject({ event: 'intent', step: 'two' });
    }
  });

  it('does not take a line whose checksum is wrong, and refuses a plan that is not what was written', async () => {
    const at = ports();
    const journal = await openJournal(at, plan);
    await journal.write({ event: 'intent', step: 'one' });
    const text = readFileSync(journal.path, 'utf8');
    writeFileSync(journal.path, text.replace('"one"', '"two"'));
    expect(await pendingPlan(at)).toBeNull();
    writeFileSync(journal.path, text.replace('develop', 'evil'));
    await expect(pendingPlan(at)).rejects.toMatchObject({ code: 'journal-damaged' });
    const { path } = journal;
    expect(path).toBe(join(at.folder, 'journal.jsonl'));
  });

  it('has lines that are valid against their schema', async () => {
    const at = ports();
    const journal = await openJournal(at, plan);
    await journal.write({ event: 'intent', step: 'one' });
    await journal.write({ event: 'receipt', step: 'one', receipt: { arn: 'x', number: 1, none: null } });
    const { $id, ...schema } = JSON.parse(readFileSync('schemas/journal.schema.json', 'utf8'));
    const valid = new Ajv({ allowUnionTypes: true }).compile(schema);
    for (const line of readFileSync(journal.path, 'utf8').trimEnd().split('\n')) {
      expect(valid(JSON.parse(line)), JSON.stringify(valid.errors)).toBe(true);
    }
  });
});
