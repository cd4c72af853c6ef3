/** The few things that are known of what a command runs with. Whatever is not known here counts when it changes. */
import type { Setting } from './setting.js';

/** Keys that name, draw, store or repeat, wherever they stand. */
const harmless = new Set([
  ...['name', 'run-name', 'displayName', 'description', 'title', 'label', 'id', 'stage', 'group', 'on'],
  ...['timeout-minutes', 'timeout', 'timeoutInMinutes', 'permissions', 'concurrency', 'strategy', 'matrix'],
  ...['cache', 'caches', 'artifacts', 'reports', 'retry', 'interruptible', 'environment-url', 'color', 'coverage'],
  ...['node-version', 'python-version', 'cache-dependency-path', 'token', 'submodules', 'lfs', 'clean', 'size'],
  ...['persist-credentials', 'show-progress', 'ssh-key', 'set-safe-directory', 'resource_class', 'version', 'options'],
]);

/** Keys below which stand variables, and the variables that this tool, git, npm, Node and shells listen to. */
const variables = new Set(['env', 'environment', 'variables', 'setenv', 'passenv', 'secrets']);
const heard =
  /\b(GIT_\w+|LAYER_POLICY_\w+|(npm|yarn|pnpm)_\w+|NODE_\w+|CI(_\w+)?|PATH|HOME|SHELL|ENV|BASH_\w+|LD_\w+|DYLD_\w+|XDG_\w+|GITHUB_\w+|BITBUCKET_\w+|SYSTEM_\w+|BUILD_\w+|CHANGE_\w+|CIRCLE_\w+|CODEBUILD_\w+)\b/i;

/** Keys whose values are images and actions: another version of the same is the same. */
const versioned = /^(uses|image|docker|container|runs-on|vmImage|pool)$/;

export function isHarmless({ key, text }: Setting): boolean {
  return (
    key.split('.').some((part) => harmless.has(part)) ||
    (key === '' && /^(stage|stages|steps|pipeline|script)\b/.test(text))
  );
}

/** Whether a value of this place can change how a command runs. */
export function isOtherwiseRun(path: readonly string[], text: string): boolean {
  if (!path.some((key) => variables.has(key))) return true;
  const name = path.at(-1) ?? '';
  // A list, or a map in one line, has the names in its text.
  return heard.test(variables.has(name) ? text : name);
}

/** What a value is apart from its version. */
export function withoutVersion({ key, text }: Setting): string {
  const isVersioned = versioned.test(key.split('.').at(-1) ?? '') && !text.includes('layer-policy');
  return isVersioned ? text.replace(/(?<=[\w])[-@:](v?\d[\w.-]*|latest|lts\S*|[0-9a-f]{40,64})(?=["']?$)/, '') : text;
}

/** A command that the next steps and jobs feel as well: their variables, what git has checked out, what is installed. */
export function changesLater(line: string): boolean {
  return (
    /^checkout\b|\bGITHUB_(ENV|PATH)\b|##vso\[|\bBASH_ENV\b|node_modules\/|\.layerpolicy|\.git\//i.test(line) ||
    (line.includes('layer-policy') && /\b(i|install|add|link|uninstall|remove|rm)\b/.test(line)) ||
    line.split(/[;&|]/).some(movesGit)
  );
}

function movesGit(command: string): boolean {
  const words = command.split(/\s+/);
  const rest = words.slice(words.indexOf('git') + 1);
  if (rest.length === words.length) return false;
  if (rest.includes('config')) return !rest.some((word) => /^(user|init|safe|core\.autocrlf)\b/.test(word));
  return rest.some((word) =>
    /^(checkout|switch|reset|replace|update-ref|symbolic-ref|read-tree|update-index)$/.test(word),
  );
}

/** A line that the next lines of the same shell feel. */
export function changesShell(line: string): boolean {
  const variable = /^(export\s+)?(\w+)=/.exec(line)?.[2];
  return (
    (variable !== undefined && heard.test(variable)) ||
    /^(set|unset|cd|pushd|exec|alias|source|trap|shopt|\.)(\s|$)|\(\)\s*\{|^[|&;]|[|&]$/.test(line) ||
    /\b(exit|return)\b/.test(line) ||
    wrappers.some((pattern) => pattern.test(line))
  );
}

const wrappers = [/^(if|elif|else|while|until|case|try)\b(?!\s*:)/, /\b(catchError|warnError|returnStatus)\b/];

/** Keys that let a refusal pass, or let a command stay out. What is taken away of them is stricter. */
const escapeKeys =
  /(^|\.)(continue-on-error|continueOnError|allow_failure|ignore-failure|on-failure|onFailure|ignore_outcome|ignore_errors|if|unless|when|only|except|rules|condition|needs|dependsOn|requires|skip|exclude|shell|trigger|pr)(\.|$)/;

const forgivesNothing =
  /(^|\.)(continue-on-error|continueOnError|allow_failure|ignore-failure|on-failure|onFailure|ignore_outcome|ignore_errors): (false|ABORT)$/;

/** What an added setting does: nothing, or less is demanded; null where nobody knows. */
export function effectOf({ key, text }: Setting): 'none' | 'escape' | null {
  if (escapeKeys.test(key)) return forgivesNothing.test(`${key}: ${text}`) ? 'none' : 'escape';
  if (key !== '' && key !== 'before' && key !== 'behind') return null;
  if (/^set\s+-[a-z]*e|^(exit|return)\s+[1-9]\d?\s*;?$/.test(text)) return 'none';
  if (key === 'behind' || /^set\s+\+e\b|\b(exit|return)\b|^!/.test(text)) return 'escape';
  return wrappers.some((pattern) => pattern.test(text)) || (key === 'before' && /[;&|]/.test(text)) ? 'escape' : null;
}

/** Whether what is gone of it was nothing but a way out. */
export function isWayOut(setting: Setting): boolean {
  return effectOf(setting) === 'escape';
}
