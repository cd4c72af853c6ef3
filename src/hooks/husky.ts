import type { HookName } from './shim.js';

/** Husky's own hooks (`.husky/pre-commit` …): our one line in them, put in and taken out again without a trace. */

const mark = '# layer-policy';
/** How a hook begins that was not there, so that it can be told from one that was. */
const created = '#!/bin/sh\n# Made by `layer-policy install`.\n';

/** Beside husky's hooks; each of them reads it with `huskyLine`. */
export const huskyShimFile = 'layer-policy.sh';

/** @param folder husky's, relative to the root: `.husky`. A hook may have changed into another folder, so git is asked; `layer_policy_top` is for the file that is read. */
function huskyLine(folder: string): string {
  return `layer_policy_top=$(git rev-parse --show-toplevel); . "$layer_policy_top/${folder}/${huskyShimFile}" ${mark}`;
}

/** The hook's text with our line in it; null in: the file is not there yet. */
export function addLine(text: string | null, hook: HookName, folder: string): string {
  const line = huskyLine(folder);
  if (text === null) return `${created}${line}\n`;
  const lines = text.split('\n');
  const present = lines.findIndex(isOurs);
  if (present === -1) lines.splice(hook === 'pre-push' ? head(lines) : end(lines), 0, line);
  else lines[present] = line;
  return lines.join('\n');
}

/** The text as it was before; null: nothing would be left, so the file goes. */
export function removeLine(text: string): string | null {
  const left = text
    .split('\n')
    .filter((line) => !isOurs(line))
    .join('\n');
  return left === created ? null : left;
}

function isOurs(line: string): boolean {
  return line.includes(`/${huskyShimFile}"`) && line.endsWith(mark);
}

/** First in line, because a command before it could swallow the list of refs; it hands the list on. */
function head(lines: string[]): number {
  const oldHusky = lines.findIndex((line) => /^\. .*\/husky\.sh"?\s*$/.test(line));
  return oldHusky === -1 ? Number(lines[0]?.startsWith('#!') ?? false) : oldHusky + 1;
}

/** Last in line, because lint-staged and its like change what is committed; but in front of what ends the script. */
function end(lines: string[]): number {
  const closing = lines.findIndex((line) => /^(exit\b|exec\s+[^\s<>\d&])/.test(line));
  if (closing !== -1) return closing;
  return lines.at(-1) === '' ? lines.length - 1 : lines.length;
}
