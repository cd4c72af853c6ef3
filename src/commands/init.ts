import { failure } from '../errors.js';
import { findPlace, installHooks } from '../hooks/hooks.js';
import { obstacles } from '../hooks/reach.js';
import { type HookDocument, hookDocuments, hookLines } from '../hooks/say.js';
import { printable } from '../layer/printable.js';
import { type WritingGiven, writingFlags } from '../plan/writing-flags.js';
import type { Env, Style } from '../ports.js';
import type { CiSystem } from '../setup/ci/facts.js';
import { nextSteps } from '../setup/next-steps.js';
import { done, fileLines, preview } from '../setup/say.js';
import { type Survey, stillHidden, survey } from '../setup/survey.js';
import { applyWrites, refuseLinks } from '../setup/write.js';
import { requestOf } from '../writing/request.js';
import { write } from '../writing/write.js';
import { defineCommand, type Outcome } from './command.js';

const { 'plan-out': planOut, plan, 'no-commit': noCommit, push } = writingFlags;
const adoptFlags = ['env', 'plan-out', 'plan', 'no-commit', 'push'] as const;
type AdoptGiven = WritingGiven & { ci?: string; 'no-hooks'?: boolean };
const usage = (problem: string) => failure('usage', { problem, command: 'init' });

export const init = defineCommand({
  name: 'init',
  summary:
    'Sets this repository up: policy, .gitignore lines, layer_management/, hooks and CI file. Overwrites nothing.',
  args: '[name@version...]',
  flags: {
    'dry-run': { type: 'boolean', help: 'show what would be written, and stop' },
    yes: { type: 'boolean', short: 'y', help: 'write without asking' },
    ci: {
      type: 'string',
      values: ['github', 'gitlab', 'none'],
      help: 'whose CI file to write (default: by the remote)',
    },
    'no-hooks': { type: 'boolean', help: 'files only; hooks later with layer-policy install' },
    adopt: { type: 'boolean', help: 'record which layer versions functions run; names say which version one is' },
    env: { type: 'string', value: 'E', help: 'with --adopt: the environment to look at; nothing there is changed' },
    'plan-out': { ...planOut, help: 'with --adopt: save the plan and stop' },
    plan: { ...plan, help: 'with --adopt: run a saved plan; refused if the world moved' },
    'no-commit': { ...noCommit, help: 'with --adopt: leave the record in the work tree' },
    push: { ...push, help: 'with --adopt: push the branch when all is done' },
  },
  examples: [
    ['layer-policy init --dry-run', 'look first'],
    ['layer-policy init --yes', 'where nobody can be asked'],
    ['layer-policy init --adopt --env dev --dry-run', 'what would be recorded of what runs in dev'],
  ],
  async run(env, flags, names): Promise<Outcome> {
    if (flags.adopt) return adopt(env, flags, names);
    const words = adoptFlags.filter((flag) => flags[flag] !== undefined).map((flag) => `--${flag}`);
    if (words[0] !== undefined) throw usage(`${words[0]} goes with --adopt.`);
    const found = await survey(env, (flags.ci as CiSystem | 'none' | undefined) ?? null, names);
    // Asked before the first write: where hooks cannot be put, nothing is half set up.
    const place = flags['no-hooks'] ? null : await findPlace(env);
    const changes = found.writes.filter(({ action }) => action !== 'keep');
    const old = found.notes.map((note) => printable(note, 1024));
    const shown = (style: Style) => [...preview(found, place, style), ...noted(old, style)];
    if (flags['dry-run'])
      return told(found, { ...nothing, notes: old }, (style) => [...shown(style), '', 'Nothing was written.']);

    const paths = changes.map(({ path }) => path);
    await refuseLinks(env, found.root, paths);
    if (changes.length > 0 && !flags.yes && !(await confirmed(env, changes.length, shown))) {
      return told(found, { ...nothing, notes: old }, () => ['Nothing was written.']);
    }
    await applyWrites(env, found.root, changes);
    const states = place === null ? [] : await installHooks(env, place);
    const hooks = hookDocuments(states, found.root);
    const hidden = await stillHidden(env, found.rootFiles);
    const notes = [
      ...old,
      ...hidden.map((where) => `${where} hides what has to be committed. Remove that line.`),
      ...(place === null ? [] : await obstacles(env, place)),
    ];
    const steps = await nextSteps(env, found, place);
    return told(found, { written: paths, hooks, notes }, (style) => [
      ...fileLines(found.writes, style, done),
      ...hookLines(hooks, style),
      ...noted(notes, style),
      '',
      style.bold('Next'),
      ...steps.flatMap(({ does, line }) => [`  ${does}`, `    ${style.cyan(line)}`]),
    ]);
  },
});

const noted = (notes: readonly string[], style: Style) => notes.map((note) => `  ${style.yellow('!')} ${note}`);

/** What runs already, recorded as every other writing command records. */
function adopt(env: Env, flags: AdoptGiven, names: readonly string[]): Promise<Outcome> {
  for (const flag of ['ci', 'no-hooks'] as const) {
    if (flags[flag] !== undefined)
      throw usage(`--${flag} is about the files of the setup; --adopt writes none of them.`);
  }
  return write(env, 'adopt', flags, names, () => {
    if (flags.env === undefined) throw usage('Say where: --adopt --env dev');
    const asked = { environment: flags.env, names: [...names], record: true, tag: false };
    return requestOf('adopt', flags, asked);
  });
}

async function confirmed({ ask, out }: Env, count: number, plan: (style: Style) => string[]): Promise<boolean> {
  if (ask === null) throw failure('unconfirmed-setup', { count: String(count) });
  out.stderr(`${plan(out.styleError).join('\n')}\n\n`);
  return /^(y|yes)$/i.test((await ask('Write this? [y/N] ')).trim());
}

interface Done {
  written: string[];
  hooks: HookDocument[];
  notes: string[];
}

const nothing: Done = { written: [], hooks: [], notes: [] };

function told(found: Survey, { written, hooks, notes }: Done, lines: (style: Style) => string[]): Outcome {
  return {
    exit: 0,
    document: {
      schema: 1,
      ok: true,
      plan: found.writes.map(({ path, action }) => ({ path, action })),
      written,
      kept: found.writes.filter(({ action }) => action === 'keep').map(({ path }) => path),
      layers: found.layers,
      functions: found.functions,
      hooks,
      notes,
    },
    text: (style) => `${lines(style).join('\n')}\n`,
  };
}
