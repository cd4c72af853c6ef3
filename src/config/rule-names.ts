import { didYouMean } from '../layer/names.js';
import type { Breach } from './breach.js';

const word = '[a-z][a-z0-9]*(-[a-z0-9]+)*';
const plain = new RegExp(`^${word}$`);
const namespaced = new RegExp(`^${word}/${word}$`);

/** `acme/no-notebooks`: a rule that only a plugin can bring. */
export function isPluginName(id: string): boolean {
  return id.length <= 100 && namespaced.test(id);
}

/** `no-notebooks`: what a policy may call its own instance of a rule. */
export function isPlainName(id: string): boolean {
  return id.length <= 100 && plain.test(id);
}

export function noSuchRule(field: string, id: string, among: object): Breach {
  const which = isPluginName(id) ? 'a rule that no plugin here brings' : 'which is no rule';
  return { field, what: `names "${id.slice(0, 100)}", ${which}${didYouMean(id, Object.keys(among))}` };
}
