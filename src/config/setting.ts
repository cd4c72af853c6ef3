import type { Severity } from '../layer/declarations.js';
import { didYouMean } from '../layer/names.js';
import { type Breach, pointer } from './breach.js';

const severities = ['off', 'warning', 'error'] as const satisfies Severity[];

/** What is written of one rule. What is absent stays as it was said before. */
export interface WrittenSetting {
  use?: string;
  severity?: Severity;
  options: Record<string, unknown>;
}

/** `"error"`, `["error", { options }]` or `{ use, severity, options }`; what is wrong with it otherwise. */
export function readSetting(field: string, value: unknown): WrittenSetting | Breach {
  const wanted = 'must be "off", "warning" or "error", [severity, options], or { use, severity, options }';
  const written = asObject(value);
  if (written === null) return { field, what: wanted };
  const { use, severity, options = {}, ...rest } = written;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) {
    return { field, what: `has an unknown key "${unknown}"${didYouMean(unknown, ['use', 'severity', 'options'])}` };
  }
  const known = severities.find((one) => one === severity);
  if (severity !== undefined && known === undefined) {
    return { field, what: `${wanted}${typeof severity === 'string' ? didYouMean(severity, severities) : ''}` };
  }
  if (use !== undefined && typeof use !== 'string') return { field: field + pointer('use'), what: 'must be a rule' };
  if (!isObject(options)) return { field, what: 'must have an object of options' };
  return { options, ...(use !== undefined && { use }), ...(known !== undefined && { severity: known }) };
}

function asObject(value: unknown): Record<string, unknown> | null {
  if (typeof value === 'string') return { severity: value };
  if (Array.isArray(value)) return value.length === 2 ? { severity: value[0], options: value[1] } : null;
  return isObject(value) ? value : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
