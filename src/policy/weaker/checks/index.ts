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
    const now = nowOf(file, text, after);
    if (now === undefined) return lostUses(uses, []);
    return [...lostUses(uses, usesOf(...now, is)), ...lostTriggers(now[0], text, now[1])];
  });
  const all = [...losses, ...lostVersion(before, after)];
  return [...new Map(all.map((loss) => [JSON.stringify(loss), loss])).values()];
}

function usesOf(file: string, text: string, scripts: Scripts): Use[] {
  if (file === 'package.json') return hooksOfPackage(text).flatMap((script) => usesIn(script, scripts));
  return runsChecks(file) ? usesIn({ file, line: 1, text }, scripts) : [];
}

/** The file and its text as they are now. A workflow that only has another name runs as before. */
function nowOf(file: string, text: string, after: Files): [file: string, text: string] | undefined {
  const same = after.get(file);
  if (same !== undefined) return [file, same];
  const isWorkflow = (path: string) => path.startsWith('.github/workflows/');
  return [...after].find(([path, other]) => isWorkflow(file) && isWorkflow(path) && other === text);
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
