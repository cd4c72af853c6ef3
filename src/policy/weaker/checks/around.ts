import { changesLater, changesShell, isHarmless, isOtherwiseRun } from './known.js';
import { below, keyOf, type Node } from './outline.js';
import type { Setting } from './setting.js';

/** Keys whose values are run, and those whose members have nothing to do with each other. */
const scripts = /^(run|command|script|before_script|after_script|commands|cmds|bash|pwsh|powershell|sh|finally)$/;
const collections =
  /^(jobs|stages|pipelines|workflows|commands|tasks|scripts|repos|hooks|parallel|branches|pull-requests|custom)$/;
/** In a file without a key for its jobs these are none. */
const gitlab = /^(default|include|variables|workflow|image|services|cache|before_script|after_script|spec|pages)$/;

/** What the root of a file holds: settings of all, GitLab's jobs, or the hooks of a manager. */
export type Root = 'settings' | 'jobs' | 'hooks';

/** Nobody has more. What is behind them is not compared, and says so by a line of its own. */
const most = 1000;

/**
 * All that a line of a file runs with: what stands in its item or job, on what it is indented under, and for the whole
 * file; not other jobs, nor other steps, as far as they leave its surroundings alone.
 */
export function around(use: Node, root: Root): Setting[] {
  const own = use.children.flatMap(below).map((node) => ({ key: '', text: node.text, line: node.line }));
  const found: Setting[] = [...own];
  const place: string[] = [];
  let job: string | null = null;
  const ownKey = keyOf(use);
  if (ownKey !== null) place.unshift(ownKey);
  for (let at = use; at.parent !== null; at = at.parent) {
    const { parent } = at;
    const others = parent.children.filter((other) => other !== at);
    const isMember = !at.isItem && hasMembers(parent, at, root);
    if (isMember) {
      job = nameOf(at);
      if ((at !== use || ownKey !== null) && (parent.parent !== null || root === 'jobs')) place[0] = '*';
      found.push(...sharedWith(at, others, parent, root));
    } else found.push(...others.flatMap((other) => (at.isItem ? otherItem(at, other) : ownSettings(other, job))));
    if (parent.text === '') continue;
    place.unshift(keyOf(parent) ?? '');
    if (!isBare(parent.text)) found.push({ key: '', text: parent.text, line: parent.line });
  }
  const where = place.filter((key) => key !== '').join('.');
  const counted = found.filter((setting) => !isHarmless(setting));
  if (counted.length > most)
    counted.splice(most, counted.length, { key: '', text: `more than ${most} lines`, line: use.line });
  return where === '' ? counted : [...counted, { key: 'place', text: where, line: use.line }];
}

function hasMembers(parent: Node, at: Node, root: Root): boolean {
  if (parent.parent === null) return root === 'hooks' || (root === 'jobs' && !gitlab.test(keyOf(at) ?? ''));
  return collections.test(keyOf(parent) ?? '');
}

/** Of other jobs: one that has the same name, and so takes its place; those that are a part of this one. */
function sharedWith(at: Node, others: readonly Node[], parent: Node, root: Root): Setting[] {
  const parts = partsOf(at);
  return others.flatMap((other) => {
    const name = nameOf(other);
    if (name === nameOf(at)) return [{ key: name, text: other.text, line: other.line }];
    if (parent.parent === null && root === 'jobs' && gitlab.test(name)) return settingsIn(other);
    const names = [name, ...(/&([\w.-]+)/.exec(other.text)?.slice(1) ?? [])];
    return names.some((one) => parts.has(one)) ? other.children.flatMap((child) => settingsIn(child)) : [];
  });
}

/** What GitLab's `extends` and `!reference` name, and the anchors that are asked for. */
function partsOf(job: Node): Set<string> {
  const said = below(job).filter(
    ({ text, parent }) => /\*|!reference|\bextends\b/.test(text) || (parent !== null && keyOf(parent) === 'extends'),
  );
  return new Set(said.flatMap(({ text }) => text.split(/[^\w.-]+/)));
}

function nameOf({ text }: Node): string {
  return text.replace(/\s*[:{(].*$/, '').replace(/["']/g, '');
}

/** Of another step or line: a checkout, and what lasts. Lines of one list share a shell, steps do not. */
function otherItem(at: Node, other: Node): Setting[] {
  const isLine = (item: Node) => item.children.length === 1 && item.children.every((child) => keyOf(child) === null);
  const lines = below(other);
  if (lines.some(({ text }) => /^["']?uses["']?\s*:.*checkout|^["']?checkout\b/.test(text))) return settingsIn(other);
  return lines
    .filter(({ text }) => changesLater(text) || (isLine(at) && isLine(other) && changesShell(text)))
    .map(({ text, line }) => ({ key: '', text, line }));
}

/** Every command of a file has the same neighbours. */
const read = new WeakMap<Node, Setting[]>();

/** Of CircleCI's `workflows` only this job's part counts; a hook of this tool is judged for itself. */
function ownSettings(other: Node, job: string | null): Setting[] {
  if (keyOf(other) === 'hooks' && below(other).some(({ text }) => text.includes('layer-policy'))) return [];
  const all = read.get(other) ?? settingsIn(other);
  read.set(other, all);
  if (keyOf(other) !== 'workflows' || job === null) return all;
  return all.filter(({ key, text }) => text === job || key.split('.').includes(job));
}

/** What a neighbour and all below it say; of commands only those that change what comes after them. */
function settingsIn(node: Node, path: readonly string[] = [], isScript = false): Setting[] {
  const { text, line, children } = node;
  if (text === '') return children.flatMap((child) => settingsIn(child, path, isScript));
  const key = isScript ? null : keyOf(node);
  const here = key === null ? path : [...path, key];
  // `run` has a script, or is a part of `defaults` or of a step that is written out.
  const isRun = isScript || (scripts.test(key ?? '') && !(key === 'run' && isBare(text))) || /[|>][-+\d]*$/.test(text);
  const value = key === null ? text : text.slice(text.indexOf(key) + key.length).replace(/^["']?\s*[:={]\s*/, '');
  const below = children.flatMap((child) => settingsIn(child, here, isRun));
  if (isBare(text)) return below;
  const isCommand = isRun || (key === null && path.length === 0);
  if (isCommand && !changesLater(value) && !changesShell(value)) return below;
  if (isCommand) return [{ key: '', text: value, line }, ...below];
  return isOtherwiseRun(here, value) ? [{ key: here.join('.'), text: value, line }, ...below] : below;
}

/** A key without a value of its own. */
function isBare(text: string): boolean {
  return (
    /^(["']?[\w.$/ -]+["']?\s*:)?\s*([|>][-+\d]*)?$/.test(text) ||
    /^(pipeline|steps|environment|script)\s*\{$/.test(text)
  );
}
