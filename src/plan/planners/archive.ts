import type { Plan, Request } from '../plan.js';
import type { State } from '../state.js';
import type { MovedFile } from '../steps/store-archive.js';
import { recordingAs } from './recording.js';

export interface ArchiveState extends Pick<State, 'commit' | 'branch' | 'date' | 'user'> {
  /** For people: where they go. */
  place: string;
  months: ArchivedMonth[];
}

/** A month that is old enough, and all that git has of it. */
export interface ArchivedMonth {
  month: string;
  files: MovedFile[];
  /** Paths that go without a copy, since there is nothing in them: `.gitkeep`. */
  empty: string[];
}

/** Decides what moves old months: each is copied, and then all leave the repository in one commit. */
export function planArchive({ place, months, ...state }: ArchiveState, request: Request): Plan {
  const { date, commit, branch, user } = state;
  const plan: Plan = { schema: 1, command: 'archive', request, date, commit, branch, user, steps: [] };
  if (months.length === 0) return plan;
  const moved = months.flatMap(({ files }) => files);
  const removed = [...moved.map(({ path }) => path), ...months.flatMap(({ empty }) => empty)].sort();
  // Where a folder lies is its owner's business, and a commit is read by everybody.
  const where = request.archive?.to == null ? place : 'a folder';
  const title = `archive: ${months.map(({ month }) => month).join(', ')} moved to ${where}`;
  const body = moved.map(({ path, sha256 }) => `${path} sha256:${sha256}`);
  const contents = { texts: [], manifests: [], archived: [], removed };
  plan.steps = [
    ...months.map(({ month, files }) => ({ kind: 'store-archive' as const, month, place, files })),
    recordingAs(title, body, contents, state, request),
  ];
  return plan;
}
