import { failure } from '../../errors.js';
import type { StepKind, World } from '../step.js';
import { bytesOf, isThere, pathsOf, type RecordContents } from './contents.js';

export interface WriteRecord {
  kind: 'write-record';
  contents: RecordContents;
}

/** The record without a commit (`--no-commit`): left in the work tree for people to commit. */
export const writeRecord: StepKind<WriteRecord> = {
  name: () => 'write-record',
  describe: ({ contents }) => `write, uncommitted: ${pathsOf(contents).join(', ')}`,
  async probe({ contents }, world) {
    return (await isThere(contents, world, onDisk(world), sameButWhen)) ? { files: pathsOf(contents).length } : null;
  },
  async act({ contents }, world) {
    const files = await bytesOf(contents, world);
    const wanted = await ours(files, world);
    const dirty = (await world.git.changed([...files.keys()])).filter((path) => !wanted.has(path));
    if (dirty.length > 0) throw failure('record-dirty', { paths: dirty.join(' ') });
    for (const [path, bytes] of files) {
      if (bytes === null) await world.files.remove(`${world.root}/${path}`);
      else await world.files.write(`${world.root}/${path}`, bytes);
    }
  },
  confirm: (data, world) => writeRecord.probe(data, world),
  async undo({ contents }, world) {
    const wanted = await ours(await bytesOf(contents, world), world);
    for (const path of wanted) {
      const before = await world.committed(path);
      if (before === null) await world.files.remove(`${world.root}/${path}`);
      else await world.files.write(`${world.root}/${path}`, before);
    }
    return wanted.size === 0 ? [] : [`restored ${[...wanted].join(', ')}`];
  },
};

/** What an earlier run left uncommitted tells its own time: of functions brought, and of an emergency. */
function sameButWhen(one: string, other: string): boolean {
  const timeless = (text: string) => text.replace(/^( +"(?:published_at|at)": )"[^"]*"/gm, '$1""');
  return timeless(one) === timeless(other);
}

const onDisk =
  ({ root, files }: World) =>
  (path: string) =>
    files.read(`${root}/${path}`);

/** The paths that hold what we write already: an interrupted run was here. */
async function ours(files: Map<string, Uint8Array | null>, world: World): Promise<Set<string>> {
  const found = new Set<string>();
  for (const [path, bytes] of files) {
    const there = await onDisk(world)(path);
    const isIt = there === null || bytes === null ? there === bytes : world.sha256(there) === world.sha256(bytes);
    if (isIt) found.add(path);
  }
  return found;
}
