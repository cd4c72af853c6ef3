import type { Declarations } from '../../layer/declarations.js';
import { shellWord } from '../../layer/shell.js';
import { versionInTag } from '../../layer/tag-name.js';
import { versionsIn } from '../../layer/versioned.js';
import type { Oid } from '../../ports.js';
import type { ReleaseTag } from '../../rule/facts.js';
import type { Look, TagMove } from '../subject.js';
import type { Fact } from './fact.js';

export const releaseTags: Fact<'releaseTags'> = {
  async learn(look) {
    const { policy, subject } = look;
    const named = subject.tags.flatMap((move) =>
      released(policy).flatMap((thing) => {
        const version = versionInTag(thing.tag, move.name);
        return version === null ? [] : [{ move, version, thing }];
      }),
    );
    return Promise.all(
      named.map(async ({ move, version, thing: { name, versionKey } }): Promise<ReleaseTag> => {
        const commit = move.oid === null ? null : await look.git.commit(move.oid);
        const there = commit === null ? null : await versionAt(look, commit, name);
        const { file, key } = there ?? { file: policy.versionFile, key: versionKey };
        const was = move.was === move.oid ? null : move.was;
        return {
          tag: move.name,
          name,
          key,
          version,
          file,
          commit,
          found: there?.found ?? null,
          form: await formOf(look, move),
          was,
        };
      }),
    );
  },
};

function released({ layers, functions }: Declarations) {
  return [...Object.values(layers), ...Object.values(functions)];
}

/** By the policy of that very commit: a tag may be set on an old one. */
async function versionAt({ git, policy, policyAt }: Look, commit: Oid, name: string) {
  const tree = git.tree(commit);
  const there = await policyAt(tree);
  const thing = [there, policy].flatMap(released).find((one) => one.name === name);
  const key = thing?.versionKey ?? '';
  return { file: there.versionFile, key, found: (await versionsIn(git, tree, there.versionFile)).get(key) ?? null };
}

async function formOf({ git, note }: Look, { name, oid, isGuess }: TagMove): Promise<ReleaseTag['form']> {
  if (oid === null) return 'deleted';
  const type = (await git.object(oid))?.type;
  if (type === 'tree' || type === 'blob') return type;
  if (type === 'tag') return (await git.commit(oid)) === null ? 'blob' : 'annotated';
  if (!isGuess) return 'plain';
  const fetch = `git fetch --force origin ${shellWord(`refs/tags/${name}:refs/tags/${name}`)}`;
  note(`Whether ${name} is annotated is not judged: CI may have fetched its commit in its place. Run before: ${fetch}`);
  return 'unknown';
}
