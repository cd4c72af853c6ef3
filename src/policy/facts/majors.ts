import type { Layer } from '../../layer/declarations.js';
import { recordedRelease } from '../../layer/manifest-version.js';
import { readmePath } from '../../layer/names.js';
import { isMajorRise, isVersion } from '../../layer/version.js';
import type { Oid } from '../../ports.js';
import type { MajorRise } from '../../rule/facts.js';
import type { Look } from '../subject.js';
import type { Fact } from './fact.js';
import { type States, stateReader } from './states.js';

export const majors: Fact<'majors'> = {
  dependsOn: (path, { versionFile, layers }) =>
    path === versionFile ||
    (path.endsWith('/README.md') && Object.keys(layers).some((name) => path === readmePath(name))),
  comparesBase: true,
  async learn(look) {
    const { policy, subject } = look;
    const states = stateReader(look);
    const earlier = subject.whole ? lastRelease(look) : atBase(look, states);
    const rises = Object.values(policy.layers).map(async (layer) => {
      const version = (await states.version(subject.tree, layer)) ?? '';
      const before = await earlier(layer);
      const rose = before !== null && isVersion(before.version) && isVersion(version);
      return rose && isMajorRise(before.version, version) ? riseOf(look, layer, version, before) : [];
    });
    return (await Promise.all(rises)).flat();
  },
};

async function riseOf(look: Look, { name, versionKey }: Layer, version: string, before: Before): Promise<MajorRise[]> {
  const { git, note, subject } = look;
  const { commit, since } = before;
  if ((await git.commit(commit)) === null) {
    const gone = `commit ${commit.slice(0, 12)}, from which ${before.version} was released, is not in this clone`;
    note(
      `Whether ${name} ${version} changed its README.md is not judged: ${gone} (is it shallow? git fetch --unshallow).`,
    );
    return [];
  }
  const path = readmePath(name);
  const [now, then] = await Promise.all([subject.tree.entry(path), git.tree(commit).entry(path)]);
  return [
    {
      layer: name,
      key: versionKey,
      readmePath: path,
      now: { version, readme: now?.oid ?? null },
      before: { version: before.version, readme: then?.oid ?? null },
      since,
    },
  ];
}

/** What a layer is compared with. */
interface Before {
  version: string;
  commit: Oid;
  since: string;
}

/** Null: with nothing. */
type Earlier = (layer: Layer) => Promise<Before | null>;

function atBase({ git, subject: { base } }: Look, states: States): Earlier {
  return async (layer) => {
    const version = base && (await states.version(git.tree(base), layer));
    return base && version ? { version, commit: base, since: `in ${base.slice(0, 7)}` } : null;
  };
}

/** A whole tree has no base; what its manifests record as released is the last state that somebody relies on. */
function lastRelease({ git, subject: { tree } }: Look): Earlier {
  return async ({ name }) => {
    const release = await recordedRelease(git, tree, name);
    return release && { ...release, since: `at release ${release.version}` };
  };
}
