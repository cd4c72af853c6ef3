import { didYouMean } from './names.js';

/** The part of ajv's error objects that is used. */
export interface SchemaError {
  instancePath: string;
  schemaPath: string;
  keyword: string;
  params: Record<string, unknown>;
  propertyName?: string;
}

/** ajv's errors as sentences about fields (JSON pointers) of a value, the nearest name added where there is one. */
export function describeSchemaErrors(
  errors: readonly SchemaError[],
  schema: object,
  value?: unknown,
): { field: string; what: string }[] {
  // A bad property name comes twice: as the name's own error and as this summary.
  return errors
    .filter(({ keyword }) => keyword !== 'propertyNames')
    .map((error) => ({ field: error.instancePath, what: describe(error, schemaAt(schema, error.schemaPath), value) }));
}

interface Described {
  description?: string;
  properties?: Record<string, unknown>;
}

function describe(
  { keyword, params, propertyName, instancePath }: SchemaError,
  part: Described,
  value: unknown,
): string {
  if (propertyName !== undefined) return `has the key "${propertyName}"; a key here is ${part.description}`;
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      return `has an unknown key "${key}"${didYouMean(key, Object.keys(part.properties ?? {}))}`;
    }
    case 'required':
      return `lacks "${String(params.missingProperty)}"`;
    case 'enum': {
      const written = at(value, instancePath);
      const names = [params.allowedValues].flat().filter((allowed) => typeof allowed === 'string');
      const near = typeof written === 'string' ? didYouMean(written, names) : '';
      return `must be one of ${JSON.stringify(params.allowedValues)}${near}`;
    }
    case 'type':
      return `must be ${[params.type].flat().join(' or ')}`;
    case 'pattern':
      return part.description ? `must be ${part.description}` : 'has the wrong form';
    default:
      return `breaks its bound (${keyword} ${params.limit ?? ''})`;
  }
}

/** The schema that holds the keyword an error names (`#/properties/version/pattern` → `#/properties/version`). */
function schemaAt(schema: object, schemaPath: string): Described {
  const keys = decodeURIComponent(schemaPath).split('/').slice(1, -1);
  return (at(schema, keys.map((key) => `/${key}`).join('')) ?? {}) as Described;
}

function at(value: unknown, pointer: string): unknown {
  const keys = pointer.split('/').slice(1);
  return keys
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((part, key) => (isObject(part) && Object.hasOwn(part, key) ? part[key] : undefined), value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
