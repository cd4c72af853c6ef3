import { defineRule, fromTop, noOptions, pathspec, shellWord } from 'layer-policy/rule';

export default defineRule({
  id: 'layer-source',
  title: 'Sources, VERSION, policy and manifests are plain files',
  why: 'A link, a submodule or an LFS pointer is not the file: what is packed, or read as the version, is then decided by a machine and not by the commit.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['standIns'],
  options: noOptions,
  messages: {
    symlink: {
      message: 'a symbolic link {where}',
      hint: `Put what it leads to in its place: ${fromTop('cp -RL -- {word} {copy} && rm -- {word} && mv -- {copy} {word} && git add -- {spec}')}; or take it out: git rm -q --cached -- {spec}`,
    },
    submodule: {
      message: 'a submodule {where}',
      hint: `Put its files in its place: ${fromTop('git submodule update --init -- {spec} && git rm -q --cached -- {spec} && rm -rf -- {word}/.git && git add -- {spec}')}; or take it out: git rm -q --cached -- {spec}`,
    },
    'lfs-pointer': {
      message: 'a Git LFS pointer, not the file, {where}',
      hint: `Commit the file itself: ${fromTop(`git lfs pull --include {word} && printf '\\n"%s" -filter -diff -merge\\n' {word} >> .gitattributes && git add .gitattributes && git add --renormalize -- {spec}`)}; or take it out: git rm -q --cached -- {spec}`,
    },
  },
  *check({ standIns }) {
    for (const { path, pathBytes, kind, where, layer } of standIns) {
      const words = { word: shellWord(path), copy: shellWord(`${path}.copy`), spec: pathspec(path, pathBytes) };
      yield { message: kind, file: path, pathBytes, layer, data: { where, ...words } };
    }
  },
});
