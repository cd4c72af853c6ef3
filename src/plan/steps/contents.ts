import type { Manifest } from '../../layer/manifest.js';
import { jsonText, type ReleaseFacts, releasedManifest } from '../../layer/released-manifest.js';
import type { Wanted, World } from '../step.js';

/** What a release leaves below `layer_management/`. */
export interface RecordContents {
  /** READMEs and the archive month's manifest: known when the plan is made. */
  texts: { path: string; text: string }[];
  /** Manifests: known when the layer is published. */
  manifests: { path: string; before: Manifest | null; facts: ReleaseFacts }[];
  /** Zips of superseded releases. */
  archived: { path: string; artefact: Wanted }[];
}

export function pathsOf({ texts, manifests, archived }: RecordContents): string[] {
  return [...texts, ...manifests, ...archived].map(({ path }) => path).sort();
}

/** Null as long as a layer is not published. */
export function textsOf(contents: RecordContents, { receipts }: World): Map<string, string> | null {
  const texts = new Map(contents.texts.map(({ path, text }) => [path, text]));
  for (const { path, before, facts } of contents.manifests) {
    const published = receipts.get(`publish-version ${facts.name}`);
    if (published === undefined) return null;
    const { arn, createdAt } = published;
    texts.set(path, jsonText(releasedManifest(before, facts, { arn: String(arn), createdAt: String(createdAt) })));
  }
  return texts;
}

/** All of it as bytes; fails when a superseded zip is nowhere to be had. */
export async function bytesOf(contents: RecordContents, world: World): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const [path, text] of textsOf(contents, world) ?? []) files.set(path, new TextEncoder().encode(text));
  for (const { path, artefact } of contents.archived) files.set(path, await world.bytes(artefact));
  return files;
}

/** Whether all of it stands where `read` looks. */
export async function isThere(
  contents: RecordContents,
  world: World,
  read: (path: string) => Promise<Uint8Array | null>,
): Promise<boolean> {
  const texts = textsOf(contents, world);
  if (texts === null) return false;
  for (const [path, text] of texts) {
    const there = await read(path);
    if (there === null || new TextDecoder().decode(there) !== text) return false;
  }
  for (const { path, artefact } of contents.archived) {
    const there = await read(path);
    if (there === null || world.sha256(there) !== artefact.sha256) return false;
  }
  return true;
}
