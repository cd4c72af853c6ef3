import { weakening } from '../weakening.js';
import type { Loss } from './losses.js';
import { below, keyOf, type Node, outline } from './outline.js';

const events = /\b(push|pull_request|pull_request_target|merge_group|schedule)\b/g;
const filter = /^(branches|paths|tags|types)(-ignore)?$/;

/** Events that no longer start a workflow, and filters that let it start for less. */
export function lostTriggers(file: string, before: string, after: string): Loss[] {
  const [was, is] = [triggersIn(before), triggersIn(after)];
  const gone = [...was.events].filter((event) => !is.events.has(event));
  const narrowed = [...is.filters].filter(([name, { items }]) => isNarrower(name, was.filters.get(name)?.items, items));
  return [
    ...gone.map((event) => ({ ...weakening(`on: ${event}`, event, undefined, 'gone'), file, line: null })),
    ...narrowed
      // What is new of an event that is new narrows nothing.
      .filter(([name]) => was.events.has(name.split('.')[0] ?? ''))
      .map(([name, { items, line }]) => {
        const way = `${name.split('.').at(-1)}: ${items.join(' ')}`;
        return { ...weakening('layer-policy', undefined, way, 'escape'), file, line };
      }),
  ];
}

interface Triggers {
  events: Set<string>;
  /** By `pull_request.paths`. */
  filters: Map<string, { items: string[]; line: number }>;
}

function triggersIn(text: string): Triggers {
  const on = outline(text).children.find((node) => keyOf(node) === 'on');
  const filters: Triggers['filters'] = new Map();
  if (on === undefined) return { events: new Set(), filters };
  const heads = [on, ...on.children, ...on.children.flatMap(({ isItem, children }) => (isItem ? children : []))];
  for (const event of heads) {
    const name = event === on ? 'on' : (keyOf(event) ?? '');
    // A map in one line is not read: it is what it is.
    const inline = /\{.*$/.exec(event.text)?.[0];
    const only = inline?.match(events)?.[0] ?? name;
    if (inline !== undefined) filters.set(`${only}.all`, { items: [inline], line: event.line });
    if (event === on) continue;
    for (const node of event.children) {
      const key = keyOf(node) ?? '';
      if (filter.test(key)) filters.set(`${name}.${key}`, { items: itemsOf(node, key), line: node.line });
    }
  }
  return { events: new Set(heads.flatMap(({ text }) => text.match(events) ?? [])), filters };
}

function itemsOf(node: Node, key: string): string[] {
  const said = below(node).map(({ text }) => text);
  return said.flatMap(
    (text, at) =>
      (at === 0 ? text.slice(text.indexOf(key) + key.length) : text).match(/[^\s,[\]"':][^\s,[\]"']*/g) ?? [],
  );
}

/** Of what may start it one pattern less is narrower, of what must not one more; and nobody weighs those that say not. */
function isNarrower(name: string, was: readonly string[] | undefined, is: readonly string[]): boolean {
  if (was === undefined) return true;
  const [more, less] = [is.filter((item) => !was.includes(item)), was.filter((item) => !is.includes(item))];
  if ([...more, ...less].some((item) => /^[!{]/.test(item))) return true;
  return (name.endsWith('-ignore') ? more : less).length > 0;
}
