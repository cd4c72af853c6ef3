import { type ArtefactReading, unzippedSize } from './inside/reading.js';
import { isNative } from './problems/natives.js';

/** What a finished zip is, measured on the zip itself. */
export interface Measured {
  /** Bytes. */
  zipped: number;
  unzipped: number;
  hasPythonRoot: boolean;
  /** Paths of native libraries. */
  natives: string[];
}

export function measure(artefact: ArtefactReading): Measured {
  const { size, files } = artefact;
  return {
    zipped: size,
    unzipped: unzippedSize(artefact),
    hasPythonRoot: files.length > 0 && files.every(({ path }) => path.startsWith('python/')),
    natives: files.filter(isNative).map(({ path }) => path),
  };
}
