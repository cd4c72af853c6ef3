import { weakening } from '../weakening.js';
import type { Loss } from './losses.js';
import { below, type Node, outline } from './outline.js';

const events = /\b(push|pull_request|pull_request_target|merge_group|schedule)\b/g;
const filter = /^(branches|paths|tags|types)(-ignore)?$/;

/** Events that no longer start a workflow, and filters that let it start for less. */
export function lostTriggers(file: string, before: string, after: string): Loss[] {
  const [was, is] = [triggersIn(before), triggersIn(after)];
  const gone = [...was.events].filter((event) => !is.events.has(event));
  const narrowed = [...is.filters].filter(([name, now]) => isNarrower(was.filters.get(name)?.items, now));
  return [
    ...gone.map((event) => ({ ...weakening(`on: ${event}`, event, undefined, 'gone'), file, line: null })),
    ...narrowed
      // What is new of an event that is new narrows nothing.
      .filter(([, { event }]) => was.events.has(event))
      .map(([, { kind, items, line }]) => {
        const way = `${kind}: ${items.join(' ')}`;
        return { ...weakening('layer-policy', undefined, way, 'escape'), file, line };
      }),
  ];
}

/** `paths` of `pull_request`; `all` where it is a map in one line, which is not read: it is what it is. */
interface Filter {
  event: string;
  kind: string;
  items: string[];
  line: number;
}

interface Triggers {
  events: Set<string>;
  /** By event and kind. */
  filters: Map<string, Filter>;
}

function triggersIn(text: string): Triggers {
  const on = outline(text).children.filter(({ key }) => key === 'on');
  const items = on.flatMap(({ children }) => children.filter(({ isItem }) => isItem));
  const heads = [on, ...on.map(({ children }) => children), ...items.map(({ children }) => children)].flat();
  const filters = heads.flatMap((head): Filter[] => {
    const inline = /\{.*/.exec(head.text)?.[0];
    const only = inline?.match(events)?.[0] ?? head.key;
    const all = inline === undefined ? [] : [{ event: only, kind: 'all', items: [inline], line: head.line }];
    const own = head.children.filter(({ key }) => filter.test(key));
    return [...all, ...own.map((node) => ({ event: head.key, kind: node.key, items: itemsOf(node), line: node.line }))];
  });
  return {
    events: new Set(heads.flatMap(({ text }) => text.match(events) ?? [])),
    filters: new Map(filters.map((one) => [`${one.event} ${one.kind}`, one])),
  };
}

function itemsOf(node: Node): string[] {
  const said = [node.value, ...node.children.flatMap(below).map(({ text }) => text)];
  return said.flatMap((text) => text.match(/[^\s,[\]"']+/g) ?? []);
}

/** Of what may start it one pattern less is narrower, of what must not one more; and nobody weighs those that say not. */
function isNarrower(was: readonly string[] | undefined, { kind, items: is }: Filter): boolean {
  if (was === undefined) return true;
  const [more, less] = [is.filter((item) => !was.includes(item)), was.filter((item) => !is.includes(item))];
  if ([...more, ...less].some((item) => /^[!{]/.test(item))) return true;
  return (kind.endsWith('-ignore') ? more : less).length > 0;
}
