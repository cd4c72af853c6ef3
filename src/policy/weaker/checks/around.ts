import { changesLater, changesShell, isHarmless, isOtherwiseRun } from './known.js';
import { below, type Node } from './outline.js';
import type { Setting } from './setting.js';

/** Keys whose values are run, and those whose members have nothing to do with each other. */
const scripts = /^(run|command|script|before_script|after_script|commands|cmds|bash|pwsh|powershell|sh|finally)$/;
const collections =
  /^(jobs|stages|pipelines|workflows|commands|tasks|scripts|repos|hooks|parallel|branches|pull-requests|custom)$/;
/** In a file without a key for its jobs these are none. */
const gitlab = /^(default|include|variables|workflow|image|services|cache|before_script|after_script|spec|pages)$/;

/** What the root of a file holds: GitLab's jobs, the hooks of a manager, or else settings of all. */
export type Root = 'jobs' | 'hooks' | null;

/** Nobody has more. What is behind them is not compared, and says so by a line of its own. */
const most = 1000;

/**
 * All that a line of a file runs with: what stands in its item or job, on what it is indented under, and for the whole
 * file; not other jobs, nor other steps, as far as they leave its surroundings alone.
 */
export function around(use: Node, root: Root): Setting[] {
  const found = use.children.flatMap(below).map(({ text, line }): Setting => ({ key: '', text, line }));
  const place = [use.key];
  let job: string | null = null;
  for (let at = use; at.parent !== null; at = at.parent) {
    const { parent } = at;
    const others = parent.children.filter((other) => other !== at);
    if (!at.isItem && hasMembers(parent, at, root)) {
      job = nameOf(at);
      if (root !== 'hooks' || parent.parent !== null) place[0] = '*';
      found.push(...sharedWith(at, others, parent, root));
    } else found.push(...others.flatMap((other) => (at.isItem ? otherItem(at, other) : ownSettings(other, job))));
    place.unshift(parent.key);
    if (!isBare(parent.value)) found.push({ key: '', text: parent.text, line: parent.line });
  }
  const where = place.filter((key) => key !== '').join('.');
  const counted = found.filter((setting) => !isHarmless(setting));
  if (counted.length > most)
    counted.splice(most, counted.length, { key: '', text: `more than ${most} lines`, line: use.line });
  return where === '' ? counted : [...counted, { key: 'place', text: where, line: use.line }];
}

function hasMembers(parent: Node, at: Node, root: Root): boolean {
  if (parent.parent === null) return root === 'hooks' || (root === 'jobs' && !gitlab.test(at.key));
  return collections.test(parent.key);
}

/** Of other jobs: one that has the same name, and so takes its place; those that are a part of this one. */
function sharedWith(at: Node, others: readonly Node[], parent: Node, root: Root): Setting[] {
  const parts = partsOf(at);
  return others.flatMap((other) => {
    const name = nameOf(other);
    if (name === nameOf(at)) return [{ key: name, text: other.text, line: other.line }];
    if (parent.parent === null && root === 'jobs' && gitlab.test(name)) return settingsIn(other);
    const anchor = /&([\w.-]+)/.exec(other.text)?.[1] ?? name;
    const isPart = parts.has(name) || parts.has(anchor);
    return isPart ? other.children.flatMap((child) => settingsIn(child)) : [];
  });
}

/** What GitLab's `extends` and `!reference` name, and the anchors that are asked for. */
function partsOf(job: Node): Set<string> {
  const said = below(job).filter(({ text }) => /\*|!reference|\bextends\b/.test(text));
  return new Set(said.flatMap(below).flatMap(({ text }) => text.split(/[^\w.-]/)));
}

function nameOf({ text }: Node): string {
  return text.replace(/\s*[:{(].*/, '').replace(/["']/g, '');
}

/** Of another step or line: a checkout, and what lasts. Lines of one list share a shell, steps do not. */
function otherItem(at: Node, other: Node): Setting[] {
  const isLine = ({ children }: Node) => children.every(({ key }) => key === '');
  const lines = below(other);
  if (lines.some(isCheckout)) return settingsIn(other);
  return lines
    .filter(({ text }) => changesLater(text) || (isLine(at) && isLine(other) && !isBare(text) && changesShell(text)))
    .map(({ text, line }) => ({ key: '', text, line }));
}

/** `uses: actions/checkout@v4`, `checkout: self`, `checkout`. */
function isCheckout(node: Node): boolean {
  const name = nameOf(node);
  return name === 'checkout' || (name === 'uses' && node.text.includes('checkout'));
}

/** Every command of a file has the same neighbours. */
const read = new WeakMap<Node, Setting[]>();

/** Of CircleCI's `workflows` only this job's part counts; a hook of this tool is judged for itself. */
function ownSettings(other: Node, job: string | null): Setting[] {
  if (other.key === 'hooks' && below(other).some(({ text }) => text.includes('layer-policy'))) return [];
  const all = read.get(other) ?? settingsIn(other);
  read.set(other, all);
  if (other.key !== 'workflows' || job === null) return all;
  return all.filter(({ key, text }) => text === job || key.split('.').includes(job));
}

/** What a neighbour and all below it say; of commands only those that change what comes after them. */
function settingsIn(node: Node, path: readonly string[] = [], isScript = false): Setting[] {
  const [key, text] = isScript ? ['', node.text] : [node.key, node.value];
  const here = key === '' ? path : [...path, key];
  // `run` has a script, or is a part of `defaults` or of a step that is written out.
  const isRun = isScript || endsInBlock.test(text) || (scripts.test(key) && !(key === 'run' && isBare(text)));
  const below = node.children.flatMap((child) => settingsIn(child, here, isRun));
  const isCommand = isRun || here.length === 0;
  const counts = isCommand ? changesLater(text) || changesShell(text) : isOtherwiseRun(here, text);
  if (isBare(text) || !counts) return below;
  return [{ key: isCommand ? '' : here.join('.'), text, line: node.line }, ...below];
}

/** `|`, `>-`: what is indented below is a text. */
const endsInBlock = /[|>][-+\d]*$/;

/** What a key says that has no value of its own. */
function isBare(value: string): boolean {
  return /^([|>][-+\d]*)?$/.test(value);
}
