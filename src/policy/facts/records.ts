import type { Layer } from '../../layer/declarations.js';
import type { Manifest, ManifestFile } from '../../layer/manifest.js';
import { disagreements, type ManifestRelease, releasesIn, type ZipFacts } from '../../layer/manifest-releases.js';
import { manifestText } from '../../layer/manifest-version.js';
import { artefactFile, expand, manifestLayer } from '../../layer/names.js';
import type { RecordedRelease } from '../../rule/facts.js';
import type { Look } from '../subject.js';
import { archivedZips, archiveFolder } from './archived-zips.js';
import type { Fact } from './fact.js';
import { manifestAt, manifests } from './manifests.js';
import { some } from './some.js';
import { standings } from './standings.js';
import { stateReader } from './states.js';

export const records: Fact<'records'> = {
  dependsOn: (path, { versionFile }) =>
    path === versionFile || manifestLayer(path) !== null || path.startsWith(`${archiveFolder}/`),
  async learn(look) {
    const { subject } = look;
    const files = await manifests.learn(look);
    const earlier = recorded(look, await replaced(look));
    const claims = recorded(look, files).flatMap((one) =>
      releasesIn(one.manifest).map((said) => ({ ...one, ...said })),
    );
    const states = stateReader(look);
    const commits = await standings(look, claims, states);
    const zips = await archivedZips(look, new Set(claims.map(zipName)));
    const tags = await tagsOf(look, claims);
    const releases = claims.map(async (claim): Promise<RecordedRelease> => {
      const { layer, file, at, version, gitSha } = claim;
      const accounts: Account[] = [...(zips.get(zipName(claim)) ?? []), ...otherAccounts(claim, earlier, subject.base)];
      return {
        ...{ layer: layer.name, key: layer.versionKey, file, at, version, gitSha },
        standing: commits.of(claim),
        versionThere: await commits.version(claim),
        versionNow: await states.version(subject.tree, layer),
        tags: tags.get(claim) ?? [],
        lines: await linesOf(look, claim),
        contradictions: accounts.flatMap(({ by, zip, commit = null }) =>
          [...disagreements(claim.zip, zip), ...forgotten(gitSha, commit)].map((one) => ({ ...one, by })),
        ),
      };
    });
    const kept = new Set(files.map(({ path }) => path));
    const removed = earlier.filter(({ file }) => !kept.has(file));
    return {
      releases: await Promise.all(releases),
      removed: removed.map(({ file, layer, manifest: { version } }) => ({
        ...{ file, layer: layer.name, version, base: subject.base ?? '' },
      })),
    };
  },
};

/** A manifest that keeps its schema, of a declared layer. */
interface Recorded {
  file: string;
  layer: Layer;
  manifest: Manifest;
}

type Claim = Recorded & ManifestRelease;

/** What somebody else says of a release; a zip knows no commit. */
interface Account {
  by: string;
  zip: ZipFacts;
  commit?: string | null;
}

function recorded({ policy: { layers } }: Look, files: readonly ManifestFile[]): Recorded[] {
  return files.flatMap(({ path: file, layer: name, manifest }) => {
    const layer = Object.hasOwn(layers, name) ? layers[name] : undefined;
    return layer === undefined || manifest === null ? [] : [{ file, layer, manifest }];
  });
}

/** The manifests of the base that the change rewrites or takes away. */
async function replaced({ git, subject }: Look): Promise<ManifestFile[]> {
  if (subject.whole) return [];
  const changes = (await subject.changes()).filter(({ path }) => manifestLayer(path) !== null);
  return Promise.all(
    changes.flatMap(({ path, before }) => (before === null ? [] : [manifestAt(git, { path, ...before })])),
  );
}

const fields = ['version', 'git_sha', 'sha256', 'content_digest', 'size_bytes', 'size_mb'];

async function linesOf({ git, subject }: Look, { file, at }: Claim): Promise<Record<string, number>> {
  const entry = await subject.tree.entry(file);
  const text = entry && (await manifestText(git, entry.oid));
  const lines = fields.flatMap((field) => {
    const line = text?.lineOf(`/${at.replaceAll('.', '/')}${field}`);
    return line ? [[field, line] as const] : [];
  });
  return Object.fromEntries(lines);
}

function zipName({ layer, version }: Claim): string {
  return artefactFile(layer.name, version);
}

/** What the manifest itself, and the one it replaces, say of the same version. */
function otherAccounts(
  { at, file, version, manifest }: Claim,
  earlier: readonly Recorded[],
  base: string | null,
): Account[] {
  const own = at === '' ? [] : releasesIn(manifest).slice(0, 1);
  const before = earlier.filter((one) => one.file === file).flatMap((one) => releasesIn(one.manifest));
  return [
    ...own.map((release) => ({ ...release, by: 'its latest release' })),
    ...before.map((release) => ({ ...release, by: `the manifest in ${base?.slice(0, 7)}` })),
  ]
    .filter((release) => release.version === version)
    .map(({ by, zip, gitSha }) => ({ by, zip, commit: gitSha }));
}

/** A commit that was known cannot become unknown. */
const forgotten = (here: string | null, there: string | null) =>
  here === null && there !== null ? [{ field: 'git_sha', here: 'null', there }] : [];

/** By the template of the layer, and by what the manifest says; a tag that is said and not here may not be fetched. */
async function tagsOf({ git, note }: Look, claims: readonly Claim[]): Promise<Map<Claim, RecordedRelease['tags']>> {
  const missing: string[] = [];
  const found = claims.map(async (claim) => {
    const { at, layer, manifest, version } = claim;
    const said = at === '' ? manifest.git_tag : null;
    const names = new Set([expand(layer.tag, { name: layer.name, version }), ...(said ? [said] : [])]);
    const tags = await Promise.all([...names].map((name) => git.tag(name)));
    if (said && !tags.some((tag) => tag?.name === said)) missing.push(said);
    return [claim, tags.filter((tag) => tag !== null)] as const;
  });
  const all = new Map(await Promise.all(found));
  if (missing.length > 0)
    note(
      `Tags that manifests name and this clone does not have were not compared: ${some(missing)}. Run: git fetch --tags`,
    );
  return all;
}
