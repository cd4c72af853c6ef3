import { parseJson } from '../../../layer/json.js';
import { runsChecks } from '../guarded.js';
import { weakerRequires } from '../requires.js';
import { type Files, hooksOfPackage, record, type Scripts, scriptsIn } from './calls.js';
import { type Loss, lostUses } from './losses.js';
import { lostTriggers } from './triggers.js';
import { type Use, usesIn } from './uses.js';

export type { Files } from './calls.js';
export type { Loss } from './losses.js';

/** What CI and hooks no longer ask of this tool, by all files that say what they run, as they were and as they are. */
export function lostChecks(before: Files, after: Files): Loss[] {
  const [was, is] = [scriptsIn(before), scriptsIn(after)];
  const losses = [...before].flatMap(([file, text]): Loss[] => {
    const uses = usesOf(file, text, was);
    if (uses.length === 0) return [];
    const now = placeOf(file, text, after);
    const textNow = now === null ? undefined : after.get(now);
    if (now === null || textNow === undefined) return lostUses(uses, []);
    return [...lostUses(uses, usesOf(now, textNow, is)), ...lostTriggers(now, text, textNow)];
  });
  const all = [...losses, ...lostVersion(before, after)];
  return [...new Map(all.map((loss) => [JSON.stringify(loss), loss])).values()];
}

function usesOf(file: string, text: string, scripts: Scripts): Use[] {
  if (file === 'package.json') return hooksOfPackage(text).flatMap((script) => usesIn(script, scripts));
  return runsChecks(file) ? usesIn({ file, line: 1, text }, scripts) : [];
}

/** A workflow that only has another name runs as before. */
function placeOf(file: string, text: string, after: Files): string | null {
  if (after.has(file)) return file;
  const folder = '.github/workflows/';
  const moved = [...after].find(
    ([path, other]) => file.startsWith(folder) && path.startsWith(folder) && other === text,
  );
  return moved?.[0] ?? null;
}

/** An older tool knows less of what the policy demands. */
function lostVersion(before: Files, after: Files): Loss[] {
  const file = 'package.json';
  const [was, is] = [before, after].map((files) => versionIn(files.get(file) ?? ''));
  return weakerRequires('layer-policy in package.json', was?.version ?? null, is?.version ?? null).map((loss) => ({
    ...loss,
    file,
    line: is?.line ?? null,
  }));
}

function versionIn(text: string): { version: string; line: number | null } | null {
  const { value, lineOf } = parseJson(text);
  for (const kind of ['overrides', 'resolutions', 'dependencies', 'devDependencies', 'optionalDependencies']) {
    const version = record(record(value)?.[kind])?.['layer-policy'];
    if (version !== undefined) return { version: String(version), line: lineOf(`/${kind}/layer-policy`) };
  }
  return null;
}
