import { compareVersions, defineRule, fromTop, isVersion, noOptions, pathspec, shellWord } from 'layer-policy/rule';

/** The words every command begins with; what follows `or` is for a manifest that no release of this history wrote. */
const restore = `Bring back what was recorded: git checkout "$(git log -1 --format=%H -E --grep='^(release|deploy|promote|rollback|adopt): ' -- {spec})" -- {spec}`;
const rename = `or name the commit that brought the version: ${fromTop(`perl -pi -e "s/{fullSha}/$(git log --reverse --format=%H -S{key}={version} -- {versionSpec} | head -n 1)/" {word} && git add -- {spec}`)}`;

export default defineRule({
  id: 'manifest-truth',
  title: 'Manifests say what history, tags and archive say',
  why: 'A rollback and the next release start from what the manifest says; where it is not true they bring back, or build on, something else.',
  severity: 'error',
  stages: ['pre-push', 'ci', 'release', 'all'],
  facts: ['policy', 'records'],
  options: noOptions,
  messages: {
    noCommit: { message: '{field} {sha} is {what}', hint: `${restore}; ${rename}` },
    beside: {
      message: '{field} {sha} is no part of this history',
      hint: `Bring in what it was released from: git merge {sha}; ${rename}`,
    },
    version: {
      message: '{field} is {version}, and {key} is {there} at its commit {sha}',
      hint: `${restore}; ${rename}`,
    },
    ahead: {
      message: '{field} is {version}, and {key} is {now}',
      hint: `${restore}; or, where VERSION fell, raise it: layer-policy bump {layer} {version}`,
    },
    contradicted: {
      message: '{field} of {version} is {here}, and {by} has {there}',
      hint: `Nothing of a release changes after it. ${restore}`,
    },
    archived: {
      message: '{field} of {version} is {here}, and {zip} has {there}',
      hint: `${restore}; or the zip as it was archived: git checkout "$(git log -1 --diff-filter=A --format=%H -- {zipSpec})" -- {zipSpec}`,
    },
    tag: {
      message: 'tag {tag} is on {there}, and {field} of {version} is {sha}',
      hint: `${restore}; or, where the tag was moved, put it back: git tag -f -a -m {title} {word} {sha}`,
    },
    removed: {
      message: 'the record of {version} is gone, and {layer} is still declared',
      hint: 'Bring it back: git checkout {base} -- {spec}; a layer that is given up leaves "layers" in the policy as well',
    },
  },
  *check({ policy: { versionFile }, records: { releases, removed } }) {
    for (const release of releases) {
      const { layer, key, file: path, at, version, gitSha, standing, versionThere, versionNow } = release;
      const on = (field: string, about = '') => {
        const line = release.lines?.[field === 'git_tag' ? 'git_sha' : field];
        const place = { file: path, layer, about: `${at}${field} ${version} ${about}` };
        return line === undefined ? place : { ...place, line };
      };
      const sha = gitSha?.slice(0, 12) ?? 'unknown';
      const spec = pathspec(path);
      const toRename = {
        key,
        version,
        versionSpec: pathspec(versionFile),
        fullSha: gitSha ?? '',
        word: shellWord(path),
      };
      const data = { ...toRename, field: `${at}git_sha`, sha, spec };
      const isCommit = standing === 'before' || standing === 'beside' || standing === 'unknown';
      if (standing === 'beside') yield { ...on('git_sha'), message: 'beside', data };
      if (!isCommit && standing !== 'unnamed') {
        const what = standing === 'absent' ? 'no object of this repository' : `a ${standing}, not a commit`;
        yield { ...on('git_sha'), message: 'noCommit', data: { ...data, what } };
      }
      if (versionThere !== undefined && versionThere !== version) {
        const there = versionThere ?? 'not there';
        yield { ...on('version'), message: 'version', data: { ...data, field: `${at}version`, there } };
      }
      if (versionNow !== null && isVersion(versionNow) && compareVersions(version, versionNow) > 0) {
        const ahead = { field: `${at}version`, version, key, now: versionNow, layer, spec };
        yield { ...on('version', 'now'), message: 'ahead', data: ahead };
      }
      for (const { field, here, there, by } of release.contradictions) {
        const said = { field: at + field, version, here, there, spec };
        if (by.endsWith('.zip')) {
          yield { ...on(field, by), message: 'archived', data: { ...said, zip: by, zipSpec: pathspec(by) } };
        } else yield { ...on(field), message: 'contradicted', data: { ...said, by } };
      }
      for (const tag of isCommit ? release.tags : []) {
        if (tag.commit === gitSha) continue;
        const words = { word: shellWord(tag.name), title: shellWord(`${layer} ${version}`) };
        const moved = { tag: tag.name, there: tag.commit.slice(0, 12), field: `${at}git_sha`, version, sha, spec };
        yield { ...on('git_tag', tag.name), message: 'tag', data: { ...moved, ...words } };
      }
    }
    for (const { layer, file: path, version, base } of removed) {
      const data = { layer, version, base: base.slice(0, 12), spec: pathspec(path) };
      yield { message: 'removed', file: path, layer, data };
    }
  },
});
