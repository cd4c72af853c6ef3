/** What a `json-schema` rule asks for. */
export interface AskedDocuments {
  /** Globs of the documents. */
  files: string[];
  /** The path of a schema in the repository, or the schema itself. */
  schema: string | object;
}

/** Tells what one rule asks for from what another does. */
export function documentsAsked({ files, schema }: AskedDocuments): string {
  return JSON.stringify([files, schema]);
}

/** What judging may take over all documents of a run, beside what each brings with its length: some seconds. */
export const stepsOfRun = 5_000_000;
