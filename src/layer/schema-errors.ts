import { nearest } from './names.js';

/** The part of ajv's error objects that is used. */
export interface SchemaError {
  instancePath: string;
  schemaPath: string;
  keyword: string;
  params: Record<string, unknown>;
  propertyName?: string;
}

/** ajv's errors as sentences about fields (JSON pointers), the nearest name added where a key is unknown. */
export function describeSchemaErrors(
  errors: readonly SchemaError[],
  schema: object,
): { field: string; what: string }[] {
  // A bad property name comes twice: as the name's own error and as this summary.
  return errors
    .filter(({ keyword }) => keyword !== 'propertyNames')
    .map((error) => ({ field: error.instancePath, what: describe(error, schemaAt(schema, error.schemaPath)) }));
}

interface Described {
  description?: string;
  properties?: Record<string, unknown>;
}

function describe({ keyword, params, propertyName }: SchemaError, part: Described): string {
  if (propertyName !== undefined) return `has the key "${propertyName}"; a key here is ${part.description}`;
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params.additionalProperty);
      const near = nearest(key, Object.keys(part.properties ?? {}));
      return `has an unknown key "${key}"${near === null ? '' : `; did you mean "${near}"?`}`;
    }
    case 'required':
      return `lacks "${String(params.missingProperty)}"`;
    case 'enum':
      return `must be one of ${JSON.stringify(params.allowedValues)}`;
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
  let part: unknown = schema;
  for (const key of schemaPath.split('/').slice(1, -1)) {
    const name = decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof part !== 'object' || part === null) return {};
    part = (part as Record<string, unknown>)[name];
  }
  return (part ?? {}) as Described;
}
