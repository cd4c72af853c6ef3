import { isFailure } from '../../errors.js';
import type { Layer } from '../../layer/declarations.js';
import type { Oid } from '../../ports.js';
import type { CommitStanding } from '../../rule/facts.js';
import type { Look } from '../subject.js';
import { some } from './some.js';
import type { States } from './states.js';

/** A commit that a manifest names for a layer. */
export interface NamedCommit {
  layer: Layer;
  gitSha: Oid | null;
}

export interface Standings {
  of(named: NamedCommit): CommitStanding;
  /** The layer's version in VERSION of that commit; undefined where that cannot be read here. */
  version(named: NamedCommit): Promise<string | null | undefined>;
}

/** How each commit stands to the judged history: three questions to git, however many commits there are. */
export async function standings(look: Look, named: readonly NamedCommit[], states: States): Promise<Standings> {
  const { git, note, subject } = look;
  const shas = [...new Set(named.flatMap(({ gitSha }) => gitSha ?? []))];
  const types = new Map(await Promise.all(shas.map(async (sha) => [sha, await git.type(sha)] as const)));
  const commits = shas.filter((sha) => types.get(sha) === 'commit');
  const beside = subject.head === null ? new Set<Oid>() : await git.beside(subject.head, commits);
  const unreached = shas.filter((sha) => types.get(sha) === null || beside.has(sha));
  const cutOff = new Set(unreached.length > 0 && (await git.isShallow()) ? unreached : []);
  if (cutOff.size > 0) {
    const layers = named.filter(({ gitSha }) => gitSha !== null && cutOff.has(gitSha)).map(({ layer }) => layer.name);
    note(
      `Where history is cut off, whether a release is part of it is not judged: ${some(layers)}. Run: git fetch --unshallow`,
    );
  }
  return {
    of({ gitSha }) {
      if (gitSha === null) return 'unnamed';
      if (cutOff.has(gitSha)) return 'unknown';
      const type = types.get(gitSha) ?? 'absent';
      return type !== 'commit' ? type : beside.has(gitSha) ? 'beside' : 'before';
    },
    async version({ layer, gitSha }) {
      if (gitSha === null || types.get(gitSha) !== 'commit') return undefined;
      return states.version(git.tree(gitSha), layer).catch((error) => {
        if (!isFailure(error) || error.code !== 'object-missing') throw error;
        note(`VERSION of ${gitSha.slice(0, 12)} is not in this clone, so ${layer.name} was not compared with it.`);
        return undefined;
      });
    },
  };
}
