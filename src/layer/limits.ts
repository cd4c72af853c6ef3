import type { ArtefactEntry } from '../ports.js';
import type { Layer } from './declarations.js';

const megabyte = 1_048_576;

/** Of a zip as Lambda takes it directly. */
export const zippedLimit = 50 * megabyte;
/** Of a function and all its layers unpacked; one layer must stay below it already. */
export const unzippedLimit = 262_144_000;

const native = /\.(so(\.\d+)*|pyd|dylib)$/i;

/** What a finished zip is, measured on the zip itself. */
export interface Measured {
  /** Bytes. */
  zipped: number;
  unzipped: number;
  hasPythonRoot: boolean;
  /** Paths of native libraries. */
  natives: string[];
}

export function measure(zipped: number, entries: readonly ArtefactEntry[]): Measured {
  return {
    zipped,
    unzipped: entries.reduce((sum, { bytes }) => sum + bytes.length, 0),
    hasPythonRoot: entries.length > 0 && entries.every(({ path }) => path.startsWith('python/')),
    natives: entries.map(({ path }) => path).filter((path) => native.test(path)),
  };
}

/** Why Lambda, or the policy, would not take it; null when both do. */
export function limitProblem(
  measured: Measured,
  layer: Pick<Layer, 'natives' | 'maxZipMB'>,
): { problem: string; fix: string } | null {
  const { zipped, unzipped, hasPythonRoot, natives } = measured;
  const declared = layer.maxZipMB * megabyte;
  if (zipped > Math.min(declared, zippedLimit)) {
    const limit = declared < zippedLimit ? `the policy allows ${layer.maxZipMB} MB` : 'Lambda takes 50 MB';
    return {
      problem: `it is ${toMB(zipped)} MB zipped; ${limit}`,
      fix: 'Take out what the functions do not import, or split the layer.',
    };
  }
  if (unzipped > unzippedLimit) {
    return { problem: `it is ${unzipped} bytes unpacked; Lambda takes ${unzippedLimit}`, fix: 'Split the layer.' };
  }
  if (!hasPythonRoot) {
    return {
      problem: 'not everything in it is below python/',
      fix: 'Lambda finds modules below python/ only; build it again.',
    };
  }
  const [first] = natives;
  if (layer.natives === 'forbid' && first !== undefined) {
    const more = natives.length > 1 ? ` and ${natives.length - 1} more` : '';
    return {
      problem: `it holds native code: ${first}${more}`,
      fix: 'Take it out, or say "natives": "allow" in the policy.',
    };
  }
  return null;
}

/** Two decimals, as manifests have it. */
export function toMB(bytes: number): number {
  return Math.round((bytes / megabyte) * 100) / 100;
}
