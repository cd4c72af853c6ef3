import type { Place } from '../hooks/place.js';
import { hookNames } from '../hooks/shim.js';
import type { Style } from '../ports.js';
import type { Survey } from './survey.js';
import type { Write } from './writes.js';

const planned = { create: 'create', append: 'append', keep: 'keep', update: 'update', remove: 'git rm' };
export const done = { create: 'wrote', append: 'added', keep: 'kept', update: 'mended', remove: 'git rm' };

/** What `init` is about to do: every path, what is appended, what the proposed policy declares, where the hooks go. */
export function preview(found: Survey, place: Place | null, style: Style): string[] {
  const { proposal, layers, functions } = found;
  const declared = [...layers.map((name) => `layer ${name}`), ...functions.map((name) => `function ${name}`)];
  return [
    ...fileLines(found.writes, style),
    ...(place === null ? [] : [`  ${style.green('hooks ')}  ${hooksLine(place, found.root)}`]),
    ...(proposal !== null && declared.length > 0 ? ['', `The proposed policy declares ${declared.join(', ')}.`] : []),
  ];
}

/** A line for each file; for one that is added to, the lines it gets. */
export function fileLines(writes: Write[], style: Style, words = planned): string[] {
  const paint = { create: style.green, append: style.yellow, keep: style.dim, update: style.yellow, remove: style.red };
  const width = Math.max(...writes.map(({ path }) => path.length));
  return writes.map(({ path, action, text }) => {
    const added = action === 'append' ? style.dim(lines(text)) : '';
    return `  ${paint[action](words[action].padEnd(6))}  ${added === '' ? path : path.padEnd(width)}  ${added}`.trimEnd();
  });
}

function lines(text: string): string {
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'))
    .join('  ');
}

function hooksLine(place: Place, root: string): string {
  const names = hookNames.join(', ');
  if (place.kind === 'husky') return `one line in each of husky's ${names} in ${place.folder}/`;
  const folder = place.folder.startsWith(`${root}/`) ? place.folder.slice(root.length + 1) : place.folder;
  return `${names} in ${folder}/; a hook that is there is kept and runs first`;
}
