import { blobUpTo } from '../../layer/blob.js';
import { globMatcher } from '../../layer/glob.js';
import { type AskedDocuments, documentsAsked, stepsOfRun } from '../../layer/json-schema/asked.js';
import type { Schema } from '../../layer/json-schema/schema.js';
import { commonFolder } from '../../layer/versioned.js';
import type { Entry } from '../../ports.js';
import type { DocumentProblem } from '../../rule/facts.js';
import type { Look } from '../subject.js';
import { askedOf } from './asked.js';
import { entriesIn } from './entries.js';
import type { Fact } from './fact.js';

const sizeLimit = 1024 * 1024;
/** Documents in memory at a time. */
const batch = 64;

type Place = Pick<DocumentProblem, 'path' | 'line' | 'field' | 'what'>;

/** Where a change touches neither documents nor schemas, nothing is read, and nothing of this is loaded. */
export const documents: Fact<'documents'> = {
  async learn(look) {
    const asked = new Map(
      askedOf<AskedDocuments>(look.policy, 'json-schema')
        .filter(({ files, schema }) => files.length > 0 && schema !== '')
        .map((one) => [documentsAsked(one), one]),
    );
    const left = { left: stepsOfRun };
    const found: DocumentProblem[] = [];
    for (const [key, one] of asked) {
      for await (const problem of judged(look, one, left)) found.push({ asked: key, ...problem });
    }
    return found;
  },
};

async function* judged(
  look: Look,
  asked: AskedDocuments,
  left: { left: number },
): AsyncGenerator<Omit<DocumentProblem, 'asked'>> {
  const { entries, judgesSchema } = await documentsOf(look, asked);
  const schema = judgesSchema ? await schemaOf(look, asked) : [];
  if (Array.isArray(schema)) {
    yield* schema.map((problem) => ({ kind: 'schema' as const, ...problem }));
    return;
  }
  const { judgeDocument } = await import('../../layer/json-schema/documents.js');
  for (let at = 0; at < entries.length; at += batch) {
    const part = entries.slice(at, at + batch);
    const contents = await Promise.all(part.map(({ oid }) => blobUpTo(look.git, oid, sizeLimit)));
    for (const [i, { path, pathBytes }] of part.entries()) {
      const bytes = contents[i];
      const faults = bytes
        ? judgeDocument(schema, bytes, left)
        : [{ kind: 'unreadable' as const, line: null, field: '', what: 'it is larger than 1 MiB' }];
      yield* faults.map((fault) => ({ ...fault, path, ...(pathBytes !== undefined && { pathBytes }) }));
    }
  }
}

/** What a change brings; all there are where another schema, or another policy, may say otherwise of them. */
async function documentsOf(
  { policyFile, subject }: Look,
  { files, schema }: AskedDocuments,
): Promise<{ entries: Entry[]; judgesSchema: boolean }> {
  const isAsked = globMatcher(files);
  const changes = subject.whole ? [] : await subject.changes();
  const all = subject.whole || changes.some(({ path }) => path === policyFile || path === schema);
  const brought = all
    ? await entriesIn(subject.tree, commonFolder(files))
    : changes.filter(({ status }) => status !== 'D');
  const entries = brought.filter(({ path, mode }) => mode.startsWith('100') && isAsked(path));
  return { entries, judgesSchema: all || entries.length > 0 };
}

/** The schema, or why there is none. */
async function schemaOf({ git, policyFile, subject }: Look, { schema }: AskedDocuments): Promise<Schema | Place[]> {
  const { readSchema } = await import('../../layer/json-schema/read.js');
  if (typeof schema !== 'string') {
    const read = await readSchema(schema);
    return 'schema' in read ? read.schema : read.problems.map((one) => ({ path: policyFile, line: null, ...one }));
  }
  const none = (what: string): Place[] => [{ path: schema, line: null, field: '', what }];
  const entry = await subject.tree.entry(schema);
  if (entry === null) return none('is not in the judged tree');
  if (!entry.mode.startsWith('100')) return none('is no file');
  const bytes = await blobUpTo(git, entry.oid, sizeLimit);
  if (bytes === null) return none('is larger than 1 MiB');
  const { parseJsonBytes } = await import('../../layer/json.js');
  const { value, problems, lineOf } = parseJsonBytes(bytes);
  if (problems.length > 0)
    return problems.map(({ line, what }) => ({ path: schema, line, field: '', what: `is no JSON: ${what}` }));
  const read = await readSchema(value);
  if ('schema' in read) return read.schema;
  return read.problems.map((one) => ({ path: schema, line: lineOf(one.field), ...one }));
}
