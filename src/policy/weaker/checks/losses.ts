import { weakerFlags } from '../flags.js';
import { weakerRequires } from '../requires.js';
import { type Weakening, weakening } from '../weakening.js';
import { effectOf, isWayOut, withoutVersion } from './known.js';
import type { Placed, Use } from './uses.js';

/** A weakening and its place in the files as they are now; a null line: it is not there any more. */
export type Loss = Weakening & { file: string; line: number | null };

/** What these commands no longer demand. Each is held against the one that has kept most of it. */
export function lostUses(was: readonly Use[], is: readonly Use[]): Loss[] {
  const left = new Set(is);
  return distinct(
    was.flatMap((old) => {
      const candidates = [...left].filter((now) => verbOf(now) === verbOf(old));
      const weighed = candidates.map((now) => ({ now, losses: lostBy(old, now) }));
      const [best] = weighed.sort((a, b) => a.losses.length - b.losses.length || rank(old, b.now) - rank(old, a.now));
      if (best === undefined)
        return [{ ...weakening(old.command, old.command, undefined, 'gone'), file: old.file, line: null }];
      left.delete(best.now);
      return best.losses;
    }),
  );
}

function rank(old: Use, { file, command }: Use): number {
  return Number(file === old.file) + Number(command === old.command);
}

/** `check` of `layer-policy check --stage ci`; empty where none is named. */
function verbOf({ command }: Use): string {
  return /\s([a-z]+)/.exec(command)?.[1] ?? '';
}

function lostBy(old: Use, now: Use): Loss[] {
  const { file, line } = now;
  return [
    ...changedSettings(old, now),
    ...weakerFlags(old.command, now.command).map((loss) => ({ ...loss, file, line })),
  ];
}

function changedSettings(old: Use, now: Use): Loss[] {
  const added = without(now.settings, old.settings);
  const gone = without(old.settings, now.settings);
  const told = added.flatMap((setting): Loss[] => {
    const place = { file: setting.file, line: setting.line };
    const effect = effectOf(setting);
    if (effect === 'none') return [];
    const way = setting.key === '' || positions.test(setting.key) ? setting.text : `${setting.key}: ${setting.text}`;
    if (effect === 'escape') return [{ ...weakening(now.command, undefined, way, 'escape'), ...place }];
    const before = gone.find(({ key }) => key === setting.key)?.text;
    if (setting.key === 'rev' && before !== undefined)
      return weakerRequires(nameOf(setting, now), before, setting.text).map((loss) => ({ ...loss, ...place }));
    return [{ ...weakening(nameOf(setting, now), before, setting.text, 'unclear'), ...place }];
  });
  const missing = gone
    .filter((setting) => !added.some(({ key }) => key === setting.key))
    .filter((setting) => !isWayOut(setting) || now.settings.some(({ key }) => key === setting.key))
    .map((setting) => ({
      ...weakening(nameOf(setting, now), setting.text, undefined, 'unclear'),
      ...{ file: now.file, line: now.line },
    }));
  return [...told, ...missing];
}

const positions = /^(before|behind|told)$/;

/** `fetch-depth of layer-policy check`. */
function nameOf({ key }: Placed, { command }: Use): string {
  const short = command.split(' ').slice(0, 2).join(' ');
  if (key === '' || positions.test(key)) return `what runs with ${short}`;
  return `${key} of ${short}`;
}

/** Those of the one that the other has not, as often. */
function without(all: readonly Placed[], others: readonly Placed[]): Placed[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(sameAs(other), (left.get(sameAs(other)) ?? 0) + 1);
  return all.filter((setting) => {
    const count = left.get(sameAs(setting)) ?? 0;
    left.set(sameAs(setting), count - 1);
    return count <= 0;
  });
}

function sameAs(setting: Placed): string {
  return `${setting.key}\n${withoutVersion(setting)}`;
}

function distinct(losses: Loss[]): Loss[] {
  return [...new Map(losses.map((loss) => [JSON.stringify(loss), loss])).values()];
}
