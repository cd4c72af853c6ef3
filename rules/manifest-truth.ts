import {
  compareVersions,
  defineRule,
  type Facts,
  fromTop,
  isVersion,
  noOptions,
  pathspec,
  shellWord,
} from 'layer-policy/rule';

type Release = Facts['records']['releases'][number];

const file = 'layer_management/active/inbox-core/manifest.json';
const gitSha = '85bbcf0ddc0ff5c1a9b2a1d2ac1a9d6a4a7a3f10';
const records = (rest: Partial<Release> = {}): Facts['records'] => ({
  releases: [
    {
      ...{ layer: 'inbox-core', key: 'INBOX_CORE_VERSION', file, at: '', version: '1.2.3', gitSha },
      ...{ standing: 'before', versionThere: '1.2.3', versionNow: '1.2.4' },
      tags: [{ name: 'inbox-core-v1.2.3', commit: gitSha }],
      contradictions: [],
      ...rest,
    },
  ],
  removed: [],
});

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
  examples: [
    { name: 'released, and raised since', given: { records: records() }, problems: [] },
    {
      name: 'what a clone cannot tell',
      given: { records: records({ standing: 'unknown', versionThere: undefined, tags: [] }) },
      problems: [],
    },
    {
      name: 'adopted from an environment, from a commit that nobody recorded',
      given: { records: records({ gitSha: null, standing: 'unnamed', versionThere: undefined }) },
      problems: [],
    },
    { name: 'a commit that is none', given: { records: records({ standing: 'tree' }) }, problems: ['noCommit'] },
    { name: 'a commit of another branch', given: { records: records({ standing: 'beside' }) }, problems: ['beside'] },
    {
      name: 'a version edited by hand',
      given: { records: records({ version: '1.3.0', tags: [] }) },
      problems: ['version', 'ahead'],
    },
    {
      name: 'a size edited by hand, an archived zip with other bytes',
      given: {
        records: records({
          contradictions: [
            { field: 'size_bytes', here: 1, there: 81920, by: 'the manifest in 85bbcf0' },
            { field: 'size_bytes', here: 1, there: 81920, by: 'layer_management/archive/2026-01/inbox-core-1.2.3.zip' },
          ],
        }),
      },
      problems: ['contradicted', 'archived'],
    },
    {
      name: 'a tag that was moved',
      given: {
        records: records({ tags: [{ name: 'inbox-core-v1.2.3', commit: 'c9d6a4a7a3f1085bbcf0ddc0ff5c1a9b2a1d2ac1' }] }),
      },
      problems: ['tag'],
    },
    {
      name: 'a manifest deleted by hand',
      given: { records: { releases: [], removed: [{ layer: 'inbox-core', file, version: '1.2.3', base: gitSha }] } },
      problems: ['removed'],
    },
  ],
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
