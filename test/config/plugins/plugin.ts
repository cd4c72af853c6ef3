import { type CliResult, run } from '../../kit/cli.js';
import { exampleRepo } from '../../kit/example.js';
import { type Repo, repo, type Story } from '../../kit/repo.js';

export const file = './policy/rules.mjs';

/** A plugin's file with one rule, `acme/no-notes`: it refuses files that end in `ending`. Running it leaves a mark. */
export function plugin({ ending = '.note', mark = 'ran', head = '', more = '' } = {}): string {
  return `import { writeFileSync } from 'node:fs';
import { defineRule, judged } from 'layer-policy/rule';
writeFileSync(${JSON.stringify(mark)}, '');
${head}
const noNotes = defineRule({
  id: 'acme/no-notes',
  title: 'Notes stay at home',
  why: 'A note is for whoever wrote it.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['paths'],
  options: { schema: { but: { type: 'string', maxLength: 20, description: 'a name that may stay' } }, defaults: { but: '' } },
  messages: { note: { message: 'a note called {name}', hint: 'Remove it: git rm -- {name}' } },
  examples: [
    { name: 'none', given: { paths: judged('a.md') }, problems: [] },
    { name: 'one', given: { paths: judged('a${ending}') }, problems: ['note'] },
  ],
  *check({ paths }, { but }) {
    for (const { path } of paths) {
      if (path.endsWith('${ending}') && path !== but) yield { message: 'note', file: path, data: { name: path } };
    }
  },
  ${more}
});
export const rules = [noNotes];
`;
}

/** The example's policy with plugins and more. That a change brings code is another rule's word, and not asked for here. */
export function withPolicy(
  r: Repo,
  more: { rules?: object; [key: string]: unknown },
  plugins: unknown = [file],
): Story {
  const { layers, functions, environments, versionFile, baseBranch } = JSON.parse(r.read('.layerpolicyrc.json'));
  const rules = { 'policy-change': 'off', ...more.rules };
  const policy = { layers, functions, environments, versionFile, baseBranch, plugins, ...more, rules };
  return { '.layerpolicyrc.json': JSON.stringify(policy) };
}

/** The example without plugins. */
export function plain(): Repo {
  const r = exampleRepo();
  return r.commit('policy', withPolicy(r, {}, []));
}

/** The example, on `develop`, its policy naming the plugin. */
export function story(text: string = plugin(), more: { rules?: object; [key: string]: unknown } = {}): Repo {
  const r = exampleRepo();
  return r.commit('plugin', { ...withPolicy(r, more), 'policy/rules.mjs': text });
}

export function check(r: Repo, ...args: string[]): CliResult & { rules: string[]; notices: string[] } {
  const result = run(r.dir, ['check', '--json', ...args], { env: r.env });
  const { findings = [], notices = [] } = JSON.parse(result.stdout || '{}') as {
    findings?: { rule: string; file: string }[];
    notices?: string[];
  };
  return { ...result, rules: findings.map(({ rule, file }) => `${rule} ${file}`), notices };
}

/** A clone of it on branch `feature`, as CI has one: what it adds may come from anybody. */
export function clonedFeature(r: Repo): Repo {
  return r.clone().branch('feature');
}

export { repo };
