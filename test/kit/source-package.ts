import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from './temp.js';

/** A package that comes as source, with a build backend of its own: `build` is Python, run where its wheel is made. */
export function makeSource(name: string, build: string): { file: string; bytes: Uint8Array } {
  const folder = tempFolder('source');
  const root = `${name}-1.0`;
  mkdirSync(join(folder, root));
  const write = (file: string, text: string) => writeFileSync(join(folder, root, file), text);
  write('pyproject.toml', '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n');
  write('PKG-INFO', `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.0\n`);
  write(
    'backend.py',
    `import glob, os, pathlib, subprocess, zipfile

name = "${name}-1.0-py3-none-any.whl"

def write(folder):
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        wheel.writestr("${name}/__init__.py", "VERSION = 1\\n")
        wheel.writestr("${root}.dist-info/METADATA", "Metadata-Version: 2.1\\nName: ${name}\\nVersion: 1.0\\n")
        wheel.writestr("${root}.dist-info/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr("${root}.dist-info/RECORD", "")

def prepare_metadata_for_build_wheel(folder, settings=None):
    info = pathlib.Path(folder, "${root}.dist-info")
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\\nName: ${name}\\nVersion: 1.0\\n")
    return info.name

def build_wheel(folder, settings=None, metadata=None):
    """Where the finished wheel will lie is found by whoever looks for it."""
    [into] = glob.glob(os.environ["HOME"] + "/*-built")
    write(folder)
${build.replace(/^/gm, '    ')}
    return name
`,
  );
  execFileSync('tar', ['-czf', `${root}.tar.gz`, root], { cwd: folder });
  return { file: `${root}.tar.gz`, bytes: readFileSync(join(folder, `${root}.tar.gz`)) };
}
