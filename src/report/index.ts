import type { Verdict } from '../policy/verdict.js';
import { checkDocument } from './json.js';

/** Report formats that own stdout. `pretty` is what a person sees without `--format`. */
export const formats: Record<string, (verdict: Verdict) => string> = {
  json: (verdict) => `${JSON.stringify(checkDocument(verdict), null, 2)}\n`,
};
