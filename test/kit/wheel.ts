import { createHash } from 'node:crypto';
import { writeZip } from '../../src/io/zip/write.js';

export interface WheelParts {
  name: string;
  version: string;
  /** `py3-none-any` */
  tag?: string;
  files?: Record<string, string | Uint8Array>;
  /** Lines of METADATA, such as `Requires-Dist: b>=1`. */
  metadata?: string[];
}

export interface MadeWheel {
  file: string;
  bytes: Uint8Array;
  sha256: string;
}

/** A wheel as a build tool makes it, with what a layer does without: scripts, bytecode, an installer's notes. */
export async function makeWheel(parts: WheelParts): Promise<MadeWheel> {
  const { name, version, tag = 'py3-none-any', metadata = [] } = parts;
  const info = `${name}-${version}.dist-info`;
  const files = {
    [`${name}/__init__.py`]: `VERSION = "${version}"\n`,
    [`${name}/__pycache__/__init__.cpython-311.pyc`]: 'cache',
    [`${name}-${version}.data/scripts/${name}`]: '#!python\n',
    [`${info}/METADATA`]: [
      'Metadata-Version: 2.1',
      `Name: ${name}`,
      `Version: ${version}`,
      ...metadata,
      '',
      'Text.',
      '',
    ].join('\n'),
    [`${info}/WHEEL`]: `Wheel-Version: 1.0\nGenerator: kit\nRoot-Is-Purelib: true\nTag: ${tag}\n`,
    [`${info}/INSTALLER`]: 'kit\n',
    [`${info}/licenses/LICENSE`]: 'free\n',
    [`${info}/entry_points.txt`]: `[console_scripts]\n${name} = ${name}:main\n`,
    [`${info}/RECORD`]: 'wrong,,\n',
    ...parts.files,
  };
  const entries = Object.entries(files).map(([path, content]) => {
    return {
      path,
      mode: 0o644 as const,
      bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
    };
  });
  const bytes = await writeZip(entries);
  return { file: `${name}-${version}-${tag}.whl`, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}
