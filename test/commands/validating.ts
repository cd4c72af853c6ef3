import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { expect } from 'vitest';
import { type CliResult, run } from '../kit/cli.js';
import { tempFolder } from '../kit/temp.js';

export interface ValidateDocument {
  ok: boolean;
  error?: { code: string; message: string; hint: string };
  artefacts: {
    file: string;
    ok: boolean;
    name: string | null;
    version: string | null;
    sha256: string | null;
    imports: unknown;
  }[];
  findings: {
    rule: string;
    severity: string;
    file: string;
    layer: string | null;
    message: string;
    hint: string;
    data: { paths: string[]; count: number };
  }[];
  waived: { by: string }[];
  notices: string[];
}

const { $id, ...schema } = JSON.parse(readFileSync('schemas/validate.schema.json', 'utf8'));
const fitsSchema = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

/** The `--json` document, valid by its schema (an error is another one), and the exit code it says. */
export function validateJson(dir: string, args: string[], env: Record<string, string> = {}) {
  const result = run(dir, ['validate', '--json', ...args], { env });
  const document = result.json() as ValidateDocument;
  if (result.code !== 2) expect(fitsSchema(document), JSON.stringify(fitsSchema.errors)).toBe(true);
  return { code: result.code, document, result };
}

/** Messages without the hints, by zip. */
export function messages({ findings }: ValidateDocument, file?: string): string[] {
  return findings.filter((finding) => file === undefined || finding.file === file).map(({ message }) => message);
}

/** Zips of these names in a folder of their own. */
export function zips(files: Record<string, Uint8Array>): string {
  const dir = tempFolder('zips');
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dir, name), bytes);
  return dir;
}

/** Runs the program with little memory for objects and tells what it took: bytes, and milliseconds of the processor. */
export function measured(
  dir: string,
  args: string[],
  command = 'validate',
): CliResult & { memory: number; cpu: number } {
  const file = join(tempFolder('measured'), 'taken.json');
  const NODE_OPTIONS = `--max-old-space-size=64 --require ${resolve('test/kit/measured.cjs')}`;
  const result = run(dir, [command, ...args], { env: { NODE_OPTIONS, MEASURED: file } });
  return { ...result, ...JSON.parse(readFileSync(file, 'utf8')) };
}
