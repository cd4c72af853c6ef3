import type { StepKind, Wanted } from '../step.js';

export interface WriteBuild {
  kind: 'write-build';
  artefacts: { path: string; artefact: Wanted }[];
  /** `.build/layers/manifest.json`, and a provenance beside each artefact. */
  texts: { path: string; text: string }[];
}

/** Leaves the artefacts where `build` does. */
export const writeBuild: StepKind<WriteBuild> = {
  name: () => 'write-build',
  describe: ({ artefacts }) => `write ${artefacts.map(({ path }) => path).join(', ')}`,
  async probe({ artefacts, texts }, { root, files, sha256 }) {
    for (const { path, artefact } of artefacts) {
      const there = await files.read(`${root}/${path}`);
      if (there === null || sha256(there) !== artefact.sha256) return null;
    }
    for (const { path, text } of texts) {
      const there = await files.read(`${root}/${path}`);
      if (there === null || new TextDecoder().decode(there) !== text) return null;
    }
    return { files: artefacts.length };
  },
  async act({ artefacts, texts }, { root, files, bytes }) {
    for (const { path, artefact } of artefacts) await files.write(`${root}/${path}`, await bytes(artefact));
    for (const { path, text } of texts) await files.write(`${root}/${path}`, new TextEncoder().encode(text));
  },
  confirm: (data, world) => writeBuild.probe(data, world),
  // .build/ holds what can be made anew at any time; what was there before is no loss, and neither is this.
  undo: null,
};
