import recommended from '../../presets/recommended.json' with { type: 'json' };
import strict from '../../presets/strict.json' with { type: 'json' };
import { fitsSchema } from '../layer/fits-schema.js';
import { parseJsonBytes } from '../layer/json.js';
import { didYouMean } from '../layer/names.js';
import type { Env } from '../ports.js';
import type { Breach } from './breach.js';
import { packageFile, packageFolder } from './package-folder.js';
import { isPackageName } from './plugins/names.js';
import type { WrittenRules } from './written.js';

type Layer = WrittenRules['layers'][number];

const shipped: Record<string, { rules: Layer['rules'] }> = { recommended, strict };

/** The file of a package that is its preset. It is read, never run. */
const presetFile = 'layer-policy.json';

const presetSchema = {
  type: 'object',
  required: ['rules'],
  additionalProperties: false,
  properties: { $schema: { type: 'string' }, description: { type: 'string' }, rules: { type: 'object' } },
} as const;

/** The presets a policy extends, in its order, as layers of rules: what a later one says counts. */
export async function readPresets(env: Env, names: string[]): Promise<{ layers: Layer[]; breaches: Breach[] }> {
  const layers: Layer[] = [];
  const breaches: Breach[] = [];
  for (const name of names) {
    const found = Object.hasOwn(shipped, name) ? shipped[name] : await ofPackage(env, name);
    if (typeof found === 'string')
      breaches.push({ field: '/extends', what: `names "${name.slice(0, 100)}", ${found}` });
    else if (found !== undefined) layers.push({ from: name, rules: found.rules });
  }
  return { layers, breaches };
}

/** The preset of an installed package, or what is wrong with it. */
async function ofPackage(env: Env, name: string): Promise<{ rules: Layer['rules'] } | string> {
  if (!isPackageName(name)) {
    return 'which is no preset: "recommended", "strict" or an npm package; files and addresses are not taken';
  }
  const folder = await packageFolder(env, name);
  if ('problem' in folder) return `${folder.problem}${didYouMean(name, Object.keys(shipped))}`;
  const file = await packageFile(env, folder.path, presetFile);
  if (file !== null && 'problem' in file) return file.problem;
  const bytes = file && (await env.files.read(file.path));
  if (bytes === null) return `which has no ${presetFile}, so it is no preset`;
  const { value, problems } = parseJsonBytes(bytes);
  const [problem] = problems;
  if (problem !== undefined) return `whose ${presetFile} cannot be read: line ${problem.line}: ${problem.what}`;
  if (!fitsSchema(presetSchema, value)) {
    return `whose ${presetFile} must hold "rules", and nothing else but "$schema" and "description"`;
  }
  return value as { rules: Layer['rules'] };
}
