import { loadConfig } from '../config/load.js';
import { exitCodes, failure } from '../errors.js';
import { declaredNames } from '../layer/declarations.js';
import { environmentNames } from '../layer/environments.js';
import { didYouMean } from '../layer/names.js';
import { ruleIndex } from '../policy/rules.gen.js';
import type { Env } from '../ports.js';
import type { Completable, CompletableFlag, Suggestion } from '../report/completion/completable.js';
import { shells } from '../report/completion/index.js';
import { type Command, defineCommand, type FlagSpec, type Flags, type Listed, type Outcome } from './command.js';
import { globalFlags } from './global-flags.js';

const flags = {
  list: {
    type: 'string',
    values: ['names', 'environments'],
    help: 'what the script asks: names that are declared here',
  },
} as const;

/** Given the commands, for it is one of them itself. */
export function completionOf(commands: Record<string, Listed>) {
  return defineCommand({
    name: 'completion',
    summary: 'Prints the completion of a shell: commands, flags, and the names that the policy here declares.',
    args: '<bash|zsh|fish>',
    flags,
    examples: [
      ['source <(layer-policy completion bash)', 'in ~/.bashrc; the same with zsh in ~/.zshrc'],
      ['layer-policy completion fish | source', 'in ~/.config/fish/config.fish'],
    ],
    async run(env, given, [shell, ...more]): Promise<Outcome> {
      if (given.list !== undefined) return listed(await declared(env, given, given.list));
      const script = shell === undefined || !Object.hasOwn(shells, shell) ? undefined : shells[shell];
      if (script === undefined || more.length > 0) {
        const known = Object.keys(shells);
        const problem = shell === undefined || more.length > 0 ? 'Name one shell' : `There is none for '${shell}'`;
        const near = shell === undefined ? '' : didYouMean(shell, known);
        throw failure('usage', { problem: `${problem}: ${known.join(', ')}${near || '.'}`, command: 'completion' });
      }
      const text = script(await completables(commands));
      return { exit: exitCodes.ok, document: { schema: 1, ok: true, shell, script: text }, text: () => text };
    },
  });
}

function listed(names: string[]): Outcome {
  return {
    exit: exitCodes.ok,
    document: { schema: 1, ok: true, names },
    text: () => names.map((name) => `${name}\n`).join(''),
  };
}

async function declared(env: Env, given: Flags<typeof flags>, list: string): Promise<string[]> {
  const head = await env.git.commit('HEAD');
  const { declarations } = await loadConfig(env, given, head === null ? env.git.index() : env.git.tree(head));
  return list === 'names'
    ? declaredNames(declarations)
    : [...new Set([...environmentNames(declarations.environments), ...Object.keys(declarations.environments)])];
}

async function completables(commands: Record<string, Listed>): Promise<Completable[]> {
  const all: Completable[] = [];
  for (const { load } of Object.values(commands)) all.push(completable(await load()));
  return all;
}

function completable({ name, summary, args, flags }: Command): Completable {
  const specs: Record<string, FlagSpec> = { ...flags, ...globalFlags };
  return { name, summary, flags: Object.entries(specs).map(completableFlag), args: suggestionFor(args) };
}

function completableFlag([name, { type, short, help, value, values }]: [string, FlagSpec]): CompletableFlag {
  if (type === 'boolean') return { name, short: short ?? null, help, value: null };
  const suggestion: Suggestion =
    values !== undefined ? { from: 'words', words: values } : suggestionFor(value ?? '', name);
  return { name, short: short ?? null, help, value: suggestion };
}

/** By the words that stand for it in the help: `<layer>`, `[zip...]`, `FILE`. */
function suggestionFor(placeholder: string, flag = ''): Suggestion {
  if (flag === 'env' || /^E\d?$/.test(placeholder)) return { from: 'ask', list: 'environments' };
  if (flag === 'rule' || placeholder === '<rule>') return { from: 'words', words: Object.keys(ruleIndex) };
  if (/\b(name|layer|function)\b/.test(placeholder)) return { from: 'ask', list: 'names' };
  if (/^<[a-z|]+\|[a-z]+>$/.test(placeholder)) return { from: 'words', words: placeholder.slice(1, -1).split('|') };
  if (/\b(FILE|PATH|zip|paths)\b/.test(placeholder)) return { from: 'files' };
  return { from: placeholder === 'DIR' ? 'folders' : 'nothing' };
}
