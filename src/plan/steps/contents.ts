import type { Manifest } from '../../layer/manifest.js';
import { type Facts, jsonText, type Published, recordedManifest } from '../../layer/released-manifest.js';
import type { Wanted, World } from '../step.js';
import { stepName } from '../step-name.js';

/** What a writing command leaves below `layer_management/`. */
export interface RecordContents {
  /** READMEs and the archive month's manifest: known when the plan is made. */
  texts: { path: string; text: string }[];
  /** Manifests: known when the layer is published. */
  manifests: { path: string; before: Manifest | null; facts: Facts; also?: Facts[] }[];
  /** Zips of superseded releases. */
  archived: { path: string; artefact: Wanted }[];
  /** What leaves the repository. */
  removed?: string[];
}

export function pathsOf({ texts, manifests, archived, removed = [] }: RecordContents): string[] {
  return [...[...texts, ...manifests, ...archived].map(({ path }) => path), ...removed].sort();
}

/** What a manifest says of a target, once it is so. */
function publishedIn(target: string, { name, inPlace }: Facts, receipts: World['receipts']): Published | undefined {
  if (inPlace === 'function') {
    const arn = receipts.get(stepName('attach', target))?.[name];
    return arn == null ? undefined : { arn: String(arn), createdAt: null };
  }
  const version = receipts.get(stepName('publish-version', target, name));
  return version && { arn: String(version.arn), createdAt: String(version.createdAt) };
}

/** By target; null as long as it is not so everywhere. */
function publishedTo(facts: Facts, receipts: World['receipts']): Map<string, Published> | null {
  const published = new Map<string, Published>();
  for (const target of facts.inPlace === 'nowhere' ? [] : (facts.targets ?? [facts.environment])) {
    const there = publishedIn(target, facts, receipts);
    if (there === undefined) return null;
    published.set(target, there);
  }
  return published;
}

/** Null as long as something is not published or attached that they tell of. */
export function textsOf(contents: RecordContents, { receipts }: World): Map<string, string> | null {
  const texts = new Map(contents.texts.map(({ path, text }) => [path, text]));
  for (const { path, before, facts, also = [] } of contents.manifests) {
    let manifest = before;
    for (const each of [facts, ...also]) {
      const published = publishedTo(each, receipts);
      if (published === null) return null;
      manifest = recordedManifest(manifest, each, published);
    }
    texts.set(path, jsonText(manifest));
  }
  return texts;
}

/** All of it as bytes, null for what is removed; fails when a superseded zip is nowhere to be had. */
export async function bytesOf(contents: RecordContents, world: World): Promise<Map<string, Uint8Array | null>> {
  const files = new Map<string, Uint8Array | null>();
  for (const [path, text] of textsOf(contents, world) ?? []) files.set(path, new TextEncoder().encode(text));
  for (const { path, artefact } of contents.archived) files.set(path, await world.bytes(artefact));
  for (const path of contents.removed ?? []) files.set(path, null);
  return files;
}

/** Whether all of it stands where `read` looks; `isSame` tells of texts what is the same. */
export async function isThere(
  contents: RecordContents,
  world: World,
  read: (path: string) => Promise<Uint8Array | null>,
  isSame = (one: string, other: string) => one === other,
): Promise<boolean> {
  const texts = textsOf(contents, world);
  if (texts === null) return false;
  for (const [path, text] of texts) {
    const there = await read(path);
    if (there === null || !isSame(new TextDecoder().decode(there), text)) return false;
  }
  for (const { path, artefact } of contents.archived) {
    const there = await read(path);
    if (there === null || world.sha256(there) !== artefact.sha256) return false;
  }
  for (const path of contents.removed ?? []) if ((await read(path)) !== null) return false;
  return true;
}
