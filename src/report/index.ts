import type { Verdict } from '../policy/verdict.js';
import type { FormatName } from './format-names.js';
import { github } from './github.js';
import { gitlab } from './gitlab.js';
import { checkDocument, jsonText } from './json.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { sarif } from './sarif.js';

/** Report formats that own stdout. `pretty` is what a person sees without `--format`. */
export const formats: Record<FormatName, (verdict: Verdict) => string> = {
  json: (verdict) => jsonText(checkDocument(verdict)),
  sarif,
  junit,
  github,
  gitlab,
  markdown,
};
