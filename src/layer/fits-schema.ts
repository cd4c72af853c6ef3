type Schema = Readonly<Record<string, unknown>>;

/**
 * Whether a document certainly keeps a JSON Schema: one walk, nothing to load or compile. A hook asks this of a policy
 * that nearly always does. `false` means no more than that ajv has to judge, and say what is wrong; it is the answer to
 * a keyword that is not known here, too.
 */
export function fitsSchema(schema: object | boolean, value: unknown): boolean {
  if (typeof schema === 'boolean') return schema;
  return entriesOf(schema).every(([keyword, wanted]) => {
    const keeps = Object.hasOwn(keywords, keyword) ? keywords[keyword] : undefined;
    return keeps?.(value, wanted as never, schema as Schema) ?? false;
  });
}

/** Of each keyword, whether a value keeps it. Most say nothing of values of another type. */
const keywords: Record<string, (value: unknown, wanted: never, schema: Schema) => boolean> = {
  $schema: () => true,
  $id: () => true,
  title: () => true,
  description: () => true,
  type: (value, wanted: string | string[]) =>
    typeof wanted === 'string' ? isOfType(value, wanted) : wanted.some((type) => isOfType(value, type)),
  // Globs are judged beside the schema, where it can be said what is wrong with them.
  format: (_, wanted: string) => wanted === 'glob',
  enum: (value, wanted: unknown[]) => wanted.includes(value),
  const: (value, wanted) => value === wanted,
  pattern: (value, wanted: string) => typeof value !== 'string' || patternOf(wanted).test(value),
  minLength: (value, wanted: number) => typeof value !== 'string' || [...value].length >= wanted,
  maxLength: (value, wanted: number) => typeof value !== 'string' || value.length <= wanted,
  minimum: (value, wanted: number) => typeof value !== 'number' || value >= wanted,
  exclusiveMinimum: (value, wanted: number) => typeof value !== 'number' || value > wanted,
  maximum: (value, wanted: number) => typeof value !== 'number' || value <= wanted,
  minItems: (value, wanted: number) => !Array.isArray(value) || value.length >= wanted,
  maxItems: (value, wanted: number) => !Array.isArray(value) || value.length <= wanted,
  items: (value, wanted: object) => !Array.isArray(value) || value.every((item) => fitsSchema(wanted, item)),
  required: (value, wanted: string[]) => !isObject(value) || wanted.every((key) => Object.hasOwn(value, key)),
  propertyNames: (value, wanted: object) =>
    !isObject(value) || Object.keys(value).every((key) => fitsSchema(wanted, key)),
  properties: (value, wanted: Record<string, object>) =>
    !isObject(value) ||
    entriesOf(wanted).every(([key, schema]) => !Object.hasOwn(value, key) || fitsSchema(schema, value[key])),
  additionalProperties: (value, wanted: object | boolean, { properties = {} }) =>
    !isObject(value) ||
    Object.entries(value).every(
      ([key, inner]) => Object.hasOwn(properties as object, key) || fitsSchema(wanted, inner),
    ),
};

/** A thousand layers are held to the same few schemas. */
const entries = new WeakMap<object, [string, unknown][]>();

function entriesOf<Value>(of: Record<string, Value> | object): [string, Value][] {
  const known = entries.get(of) ?? Object.entries(of);
  entries.set(of, known);
  return known as [string, Value][];
}

const patterns = new Map<string, RegExp>();

function patternOf(text: string): RegExp {
  const pattern = patterns.get(text) ?? new RegExp(text, 'u');
  patterns.set(text, pattern);
  return pattern;
}

function isOfType(value: unknown, type: string): boolean {
  if (type === 'object') return isObject(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'null') return value === null;
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
