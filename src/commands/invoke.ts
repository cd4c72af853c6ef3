import { loadConfig } from '../config/load.js';
import { exitCodes, failure } from '../errors.js';
import { targetsOf } from '../layer/environments.js';
import { named } from '../layer/named.js';
import { type Called, call } from '../plan/call.js';
import { callsWith, smokeCalls } from '../plan/events.js';
import { calledDocument, calledText } from '../report/invoke.js';
import { defineCommand } from './command.js';

export const invoke = defineCommand({
  name: 'invoke',
  summary: 'call functions and judge what they answer',
  args: '[function]',
  flags: {
    env: { type: 'string', value: 'E', help: 'the environment whose functions are called' },
    all: { type: 'boolean', help: 'every declared function' },
    event: {
      type: 'string',
      value: 'NAME|FILE',
      help: 'one of its events, or a file of JSON (default: what "smoke" says)',
    },
  },
  examples: [
    ['layer-policy invoke --all --env local', 'the smoke test of every function; exit 1 when one disappoints'],
    ['layer-policy invoke ingest --env local --event feed', 'one function with one of its events'],
    ['layer-policy invoke ingest --env local --event ./mine.json', 'or with a file of your own'],
  ],
  async run(env, given, args) {
    const usage = (problem: string) => failure('usage', { problem, command: 'invoke' });
    const [name, ...more] = args;
    if (given.env === undefined) throw usage('Say where: --env local');
    if ((name === undefined) === (given.all !== true) || more.length > 0) throw usage('Give one function, or --all.');
    const head = await env.git.commit('HEAD');
    if (head === null) throw failure('unknown-revision', { rev: 'HEAD', flag: 'the commit to look at' });
    const tree = env.git.tree(head);
    const { declarations, notices } = await loadConfig(env, given, tree);
    const targets = targetsOf(declarations.environments, given.env);
    const wanted =
      name === undefined ? Object.values(declarations.functions) : [named(declarations.functions, name, 'function')];
    const { event } = given;
    const calls = [];
    for (const one of wanted)
      calls.push(...(event === undefined ? await smokeCalls(env, tree, one) : await callsWith(env, tree, one, event)));
    const called: Called[] = [];
    for (const target of targets) {
      const functions = await env.functions(target);
      for (const each of calls) {
        env.out.progress(`calling ${each.function.name} with ${each.event} in ${target.name}`);
        called.push(await call(functions, each));
      }
    }
    env.out.progress('');
    const report = { environment: given.env, called, notices };
    return {
      exit: called.every(({ problems }) => problems.length === 0) ? exitCodes.ok : exitCodes.refused,
      document: calledDocument(report),
      text: (style) => calledText(report, style),
    };
  },
});
