import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { buildSync } from 'esbuild';

/**
 * Schemas as plain code, so that nothing is compiled to read a manifest. Each name becomes an
 * exported function `(data) => boolean` with `.errors`.
 */
export function validatorsSource(schemas: Record<string, object>): string {
  const ajv = new Ajv({
    allErrors: true,
    messages: false,
    ownProperties: true,
    strictTypes: false,
    formats: { glob: true },
    code: { source: true, esm: true },
    schemas: Object.entries(schemas).map(([name, schema]) => ({ ...schema, $id: name })),
  });
  const code = standalone.default(ajv, Object.fromEntries(Object.keys(schemas).map((name) => [name, name])));
  const bundled = buildSync({
    stdin: { contents: code, resolveDir: '.', loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    minifySyntax: true,
    minifyWhitespace: true,
    minifyIdentifiers: true,
    write: false,
  });
  return `// Written by npm run gen from schemas/.\n${bundled.outputFiles[0]?.text}`;
}

export function validatorsTypes(names: string[]): string {
  const declare = (name: string) => `export declare const ${name}: Validator;`;
  return [
    '// Written by npm run gen.',
    "import type { SchemaError } from './layer/schema-errors.js';",
    'export type Validator = ((data: unknown) => boolean) & { errors?: SchemaError[] | null };',
    ...names.map(declare),
    '',
  ].join('\n');
}
