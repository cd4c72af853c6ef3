import { defineRule, noOptions, shellWord } from 'layer-policy/rule';

export default defineRule({
  id: 'tag-version',
  title: 'A release tag says what its commit says, and stays where it is',
  why: 'Whoever asks what 1.2.3 is follows the tag: one that is wrong, moved or gone leads a rollback to other code.',
  severity: 'error',
  stages: ['pre-push', 'ci'],
  facts: ['releaseTags'],
  options: noOptions,
  messages: {
    version: {
      message: '{tag} says {version}, but {key} is {found} at {at}',
      hint: 'Take the tag away: git tag -d {word}; a release sets it where it belongs: layer-policy release {name} --env <env>',
    },
    plain: {
      message: '{tag} is no annotated tag: it does not say who released {name} {version}, and when',
      hint: 'Set it anew: git tag -f -a -m {text} {word} {at}',
    },
    noCommit: {
      message: '{tag} leads to a {form}, and {name} {version} is released from a commit',
      hint: 'Take the tag away: git tag -d {word}; a release sets it where it belongs: layer-policy release {name} --env <env>',
    },
    moved: {
      message: '{tag} is released already as {before}, and would become {after}',
      hint: 'Keep what is released: git fetch --force origin {ref}, and give what is new a version of its own: layer-policy bump {name} patch',
    },
    deleted: {
      message: '{tag} would be taken away, and {name} {version} is released',
      hint: 'Leave it; a release that nobody may use any more keeps its tag as well. Back in this clone: git fetch origin {ref}',
    },
  },
  *check({ releaseTags }) {
    for (const { tag, name, key, version, file, commit, found, form, was } of releaseTags) {
      const about = { file, layer: name, about: tag };
      const data = {
        ...{ tag, name, key, version, form, word: shellWord(tag), ref: shellWord(`refs/tags/${tag}:refs/tags/${tag}`) },
        ...{
          at: commit?.slice(0, 12) ?? 'nothing',
          found: found ?? 'not there',
          text: shellWord(`${name} ${version}`),
        },
        ...{ before: was?.slice(0, 12) ?? 'nothing', after: commit?.slice(0, 12) ?? `a ${form}` },
      };
      if (form === 'deleted') yield { ...about, message: 'deleted', data };
      else if (form === 'blob' || form === 'tree') yield { ...about, message: 'noCommit', data };
      else if (found !== version) yield { ...about, message: 'version', data };
      else if (form === 'plain') yield { ...about, message: 'plain', data };
      if (form !== 'deleted' && was !== null) yield { ...about, message: 'moved', data };
    }
  },
});
