import { failure, isFailure } from '../../errors.js';
import type { Env } from '../../ports.js';
import type { ShownRule } from '../../rule/define.js';
import { ruleFault } from '../../rule/fault.js';
import { isPluginName } from '../rule-names.js';
import { guarded } from './guarded.js';

/** The rules that a plugin's module exports; fails with `plugin-invalid` on anything else. */
export async function rulesOf(
  { modules }: Env,
  plugin: string,
  code: { file: string } | { text: Uint8Array },
): Promise<ShownRule[]> {
  const invalid = (problem: string, cause?: unknown) => failure('plugin-invalid', { plugin, problem }, cause);
  const imported = 'file' in code ? modules.fromFile(code.file) : modules.fromText(code.text);
  const module = await imported.catch((error) => {
    if (isFailure(error)) throw error;
    throw invalid(`it cannot be imported: ${why(error)}`, error);
  });
  // A CommonJS module may come as its default export alone.
  const rules = module.rules ?? (module.default as { rules?: unknown } | undefined)?.rules;
  if (!Array.isArray(rules) || rules.length === 0)
    throw invalid('it exports no list of rules: export const rules = [ … ]');
  return rules.map((rule, i) => {
    const fault = ruleFault(rule);
    const name = typeof rule?.id === 'string' ? `rule ${JSON.stringify(rule.id)}` : `rules[${i}]`;
    if (fault !== null) throw invalid(`${name} ${fault}`);
    if (rule.setBy !== undefined) throw invalid(`${name} has setBy, which is for rules of layer-policy itself`);
    if (!isPluginName(rule.id)) throw invalid(`${name} needs an id with a namespace, such as "acme/no-notebooks"`);
    return guarded(rule);
  });
}

function why(error: unknown): string {
  const problem = error instanceof Error ? error.message : String(error);
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  return isMissing ? `${problem} (a file stands alone: it can import layer-policy/rule and what Node brings)` : problem;
}
