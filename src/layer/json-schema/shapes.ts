/** What the value of a keyword must look like. `schema` and its like hold further schemas. */
export type Shape =
  | 'any'
  | 'text'
  | 'draft'
  | 'root id'
  | 'reference'
  | 'number'
  | 'positive number'
  | 'count'
  | 'boolean'
  | 'list'
  | 'names'
  | 'types'
  | 'pattern'
  | 'schema'
  | 'schemas'
  | 'schema or schemas'
  | 'map of schemas'
  | 'map of schemas by pattern'
  | 'map of names'
  | 'map of schemas or names';

/**
 * Every keyword that is known, of drafts 6 to 2020-12; all others are refused, since a keyword that is passed over would
 * let pass what it was written to stop. `format` is an annotation, as it is in the specification.
 */
export const shapes: Readonly<Record<string, Shape>> = {
  $schema: 'draft',
  $id: 'root id',
  $ref: 'reference',
  $defs: 'map of schemas',
  definitions: 'map of schemas',
  $comment: 'text',
  title: 'text',
  description: 'text',
  format: 'text',
  contentEncoding: 'text',
  contentMediaType: 'text',
  default: 'any',
  examples: 'any',
  deprecated: 'boolean',
  readOnly: 'boolean',
  writeOnly: 'boolean',
  type: 'types',
  enum: 'list',
  const: 'any',
  multipleOf: 'positive number',
  maximum: 'number',
  exclusiveMaximum: 'number',
  minimum: 'number',
  exclusiveMinimum: 'number',
  maxLength: 'count',
  minLength: 'count',
  pattern: 'pattern',
  items: 'schema or schemas',
  prefixItems: 'schemas',
  additionalItems: 'schema',
  contains: 'schema',
  maxItems: 'count',
  minItems: 'count',
  maxContains: 'count',
  minContains: 'count',
  uniqueItems: 'boolean',
  maxProperties: 'count',
  minProperties: 'count',
  required: 'names',
  properties: 'map of schemas',
  patternProperties: 'map of schemas by pattern',
  additionalProperties: 'schema',
  propertyNames: 'schema',
  dependencies: 'map of schemas or names',
  dependentRequired: 'map of names',
  dependentSchemas: 'map of schemas',
  if: 'schema',
  // biome-ignore lint/suspicious/noThenProperty: it is the keyword's name
  then: 'schema',
  else: 'schema',
  allOf: 'schemas',
  anyOf: 'schemas',
  oneOf: 'schemas',
  not: 'schema',
};

export const types: readonly string[] = ['null', 'boolean', 'object', 'array', 'number', 'integer', 'string'];

/** Their identifiers, without `http(s)://` in front and `#` behind. */
export const drafts: readonly string[] = [
  'json-schema.org/draft-06/schema',
  'json-schema.org/draft-07/schema',
  'json-schema.org/draft/2019-09/schema',
  'json-schema.org/draft/2020-12/schema',
];
