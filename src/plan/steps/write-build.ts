import type { StepKind, Wanted } from '../step.js';

export interface WriteBuild {
  kind: 'write-build';
  artefacts: { path: string; artefact: Wanted }[];
  /** `.build/layers/manifest.json` */
  manifest: { path: string; text: string };
}

/** Leaves the artefacts where `build` does. */
export const writeBuild: StepKind<WriteBuild> = {
  name: () => 'write-build',
  describe: ({ artefacts }) => `write ${artefacts.map(({ path }) => path).join(', ')}`,
  async probe({ artefacts, manifest }, { root, files, sha256 }) {
    for (const { path, artefact } of artefacts) {
      const there = await files.read(`${root}/${path}`);
      if (there === null || sha256(there) !== artefact.sha256) return null;
    }
    const text = await files.read(`${root}/${manifest.path}`);
    if (text === null || new TextDecoder().decode(text) !== manifest.text) return null;
    return { files: artefacts.length };
  },
  async act({ artefacts, manifest }, { root, files, bytes }) {
    for (const { path, artefact } of artefacts) await files.write(`${root}/${path}`, await bytes(artefact));
    await files.write(`${root}/${manifest.path}`, new TextEncoder().encode(manifest.text));
  },
  confirm: (data, world) => writeBuild.probe(data, world),
  // .build/ holds what can be made anew at any time; what was there before is no loss, and neither is this.
  undo: null,
};
