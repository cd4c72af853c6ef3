import { failure } from '../../errors.js';
import type { Git, Oid, RecordCommit } from '../../ports.js';
import type { StepKind, World } from '../step.js';
import { bytesOf, isThere, pathsOf, type RecordContents } from './contents.js';

export interface Record {
  kind: 'record';
  branch: string;
  /** The tip it is made on. */
  parent: Oid;
  message: string;
  /** Seconds since the epoch. */
  date: number;
  contents: RecordContents;
  /** In an emergency: the commit is not judged. */
  unjudged?: true;
}

/** One commit with manifests, READMEs and archive, on the branch as it was when the plan was made. */
export const record: StepKind<Record> = {
  name: () => 'record',
  describe: ({ branch, contents }) => `commit to ${branch}: ${pathsOf(contents).join(', ')}`,
  async probe({ parent, contents }, world) {
    if (!(await isThere(contents, world, world.committed))) return null;
    // Killed after the branch moved: the commit is made, but index and work tree still show the time before it.
    const behind = await world.git.behind(parent, pathsOf(contents));
    return behind.length > 0 ? null : { commit: await world.head() };
  },
  async act(data, world) {
    const { branch, parent, contents } = data;
    const paths = pathsOf(contents);
    const head = await world.head();
    if (head !== parent && (await isThere(contents, world, world.committed))) {
      return world.git.advance(branch, parent, head, paths);
    }
    const dirty = await world.git.changed(paths);
    if (dirty.length > 0) throw failure('record-dirty', { paths: dirty.join(' ') });
    const commit = await world.git.prepare(await commitOf(data, world));
    const problem = await refusal(data, commit, world);
    if (problem !== null) throw failure('record-refused', { branch, problem });
    await world.git.advance(branch, parent, commit, paths);
  },
  confirm: (data, world) => record.probe(data, world),
  async undo(data, world) {
    // Given up before there was anything to tell of.
    if (!(await isThere(data.contents, world, world.committed))) return [];
    const commit = await world.git.prepare(await commitOf(data, world));
    // Anything on top of it, a tag or a push apart, is somebody's work.
    if ((await world.head()) !== commit) return [];
    await world.git.advance(data.branch, commit, data.parent, pathsOf(data.contents));
    return [`${data.branch} is back at ${data.parent.slice(0, 12)}`];
  },
};

/** Why the policy would refuse the commit; found out before anything is done, and nothing of it stays. */
export async function foreseenProblem(data: Record, world: World): Promise<string | null> {
  return world.git.tried(await commitOf(data, world), (commit, git) => refusal(data, commit, world, git));
}

/** What was wrong before is the gate's to refuse; a rollback and an archive pass none, and need not mend it. */
async function refusal({ unjudged, parent }: Record, commit: Oid, world: World, git?: Git): Promise<string | null> {
  return unjudged === true ? null : world.refusal(commit, parent, git);
}

async function commitOf({ branch, parent, message, date, contents }: Record, world: World): Promise<RecordCommit> {
  return { branch, parent, message, date, files: await bytesOf(contents, world) };
}
