import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { failure } from '../../errors.js';
import type { Git, Oid, RecordCommit } from '../../ports.js';
import { files } from '../files.js';
import type { Plumbing } from './plumbing.js';
import type { Vars } from './process.js';
import { readGit } from './read.js';
import { makeRecord, setting } from './record-commit.js';

/** What makes git put objects into a folder that is thrown away, and read all others from where they are. */
type Trial = Record<'GIT_OBJECT_DIRECTORY' | 'GIT_ALTERNATE_OBJECT_DIRECTORIES', string>;

/** A record's commit and a git that knows it. Neither outlives `use`, and nobody else's scratch folder is swept. */
export function tryRecord<Value>(
  git: Plumbing,
  at: { root: string; vars: Vars },
  record: RecordCommit,
  use: (commit: Oid, git: Git) => Promise<Value>,
): Promise<Value> {
  return onTrial(git, at.vars, async (scratch, trial) => {
    const commit = await makeRecord(git, record, scratch, trial);
    const reader = readGit({ cwd: at.root, vars: { ...at.vars, ...trial } });
    try {
      return await use(commit, reader);
    } finally {
      reader.close();
    }
  });
}

export async function proveSigning(git: Plumbing, vars: Vars): Promise<void> {
  const set: string[] = [];
  for (const name of ['commit.gpgSign', 'tag.gpgSign', 'tag.forceSignAnnotated'])
    if (await setting(git, name)) set.push(name);
  if (set.length === 0) return;
  const tree = await git.text(['rev-parse', 'HEAD^{tree}']);
  try {
    await onTrial(git, vars, (_, trial) => git.feed('', ['commit-tree', '-S', '-m', 'trial', tree], trial));
  } catch (error) {
    const problem = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    throw failure('git-signing', { setting: set.join(', '), problem }, error);
  }
}

async function onTrial<Value>(
  git: Plumbing,
  vars: Vars,
  use: (scratch: string, trial: Trial) => Promise<Value>,
): Promise<Value> {
  const objects = await git.text(['rev-parse', '--path-format=absolute', '--git-path', 'objects']);
  const scratch = await mkdtemp(join(tmpdir(), 'layer-policy-'));
  try {
    const own = join(scratch, 'objects');
    await mkdir(own);
    const others = [quoted(objects), vars.GIT_ALTERNATE_OBJECT_DIRECTORIES ?? ''].filter((one) => one !== '');
    const trial = { GIT_OBJECT_DIRECTORY: own, GIT_ALTERNATE_OBJECT_DIRECTORIES: others.join(delimiter) };
    return await use(scratch, trial);
  } finally {
    await files.remove(scratch);
  }
}

/** As git's list of folders wants it: a path may hold the very character that stands between two. */
const quoted = (path: string) => `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;
