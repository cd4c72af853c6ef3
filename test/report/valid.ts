import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formatsOf from 'ajv-formats';
import { memoryPages, validateXML } from 'xmllint-wasm';
import { markdownProblems } from './rendered.js';
import { readLine } from './runner.js';
import { parseXml } from './xml.js';

const read = (path: string) => readFileSync(path, 'utf8');

function bySchema(path: string): (text: string) => string[] {
  const { $schema, $id, id, ...schema } = JSON.parse(read(path));
  // SARIF's own patterns are not all Unicode patterns.
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formatsOf.default(ajv);
  const validate = ajv.compile(schema);
  return (text) => {
    validate(JSON.parse(text));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
}

/** The real xmllint, compiled to WebAssembly, and a second parser that reads XML 1.0 strictly. */
async function junit(text: string): Promise<string[]> {
  parseXml(text);
  const { errors } = await validateXML({
    xml: { fileName: 'report.xml', contents: text },
    schema: read('test/report/schemas/junit.xsd'),
    maxMemoryPages: memoryPages.GiB,
  });
  return errors.map(({ rawMessage }) => rawMessage);
}

function github(text: string): string[] {
  const commands = text.trimEnd().split('\n').map(readLine);
  // Only the closing line may be none.
  const unknown = commands.filter((command, i) =>
    command === null ? i !== commands.length - 1 : !['error', 'warning', 'notice'].includes(command.name),
  );
  return unknown.map((command) => `${command?.name ?? 'a plain line'}`);
}

/** For each format, what its readers would object to. */
export const problemsOf: Record<string, (text: string) => string[] | Promise<string[]>> = {
  json: bySchema('schemas/check.schema.json'),
  sarif: bySchema('test/report/schemas/sarif-2.1.0.json'),
  gitlab: bySchema('test/report/schemas/gitlab-code-quality.json'),
  junit,
  github,
  markdown: markdownProblems,
};
