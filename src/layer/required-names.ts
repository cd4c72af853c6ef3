import type { Entry, Git } from '../ports.js';
import { distributionName, type PythonName } from './python-modules.js';
import { readRequirements } from './requirements-file.js';

/**
 * What a distribution installs is written in its metadata, which no commit has. Nearly all are imported by their own
 * name; these are the most used that are not.
 */
const importedAs: Readonly<Record<string, readonly string[]>> = {
  attrs: ['attr', 'attrs'],
  beautifulsoup4: ['bs4'],
  dnspython: ['dns'],
  'faiss-cpu': ['faiss'],
  gitpython: ['git'],
  mysqlclient: ['MySQLdb'],
  newspaper3k: ['newspaper'],
  'opencv-python': ['cv2'],
  'opencv-python-headless': ['cv2'],
  pillow: ['PIL'],
  'psycopg-binary': ['psycopg_binary'],
  'psycopg2-binary': ['psycopg2'],
  pycryptodome: ['Crypto'],
  pyjwt: ['jwt'],
  pynacl: ['nacl'],
  pyopenssl: ['OpenSSL'],
  pyserial: ['serial'],
  'python-dateutil': ['dateutil'],
  'python-dotenv': ['dotenv'],
  'python-jose': ['jose'],
  'python-magic': ['magic'],
  'python-multipart': ['multipart', 'python_multipart'],
  'python-slugify': ['slugify'],
  pyyaml: ['yaml', '_yaml'],
  pyzmq: ['zmq'],
  'scikit-image': ['skimage'],
  'scikit-learn': ['sklearn'],
  setuptools: ['setuptools', 'pkg_resources'],
  sgmllib3k: ['sgmllib'],
  'websocket-client': ['websocket'],
};

/** Under which names a distribution is likely to be imported. */
export function likelyModules(distribution: string): readonly string[] {
  const known = distributionName(distribution);
  if (Object.hasOwn(importedAs, known)) return importedAs[known] ?? [];
  return [...new Set([known.replaceAll('-', '_'), distribution.replace(/[-.]+/g, '_')])];
}

/** What a requirements file puts on Python's path, as far as names tell. */
export async function requiredNames(git: Git, file: Entry): Promise<PythonName[]> {
  const { requirements } = await readRequirements(git, file);
  return requirements.flatMap(({ name }): PythonName[] => [
    { kind: 'distribution', name: distributionName(name) },
    ...likelyModules(name).map((module): PythonName => ({ kind: 'module', name: module })),
  ]);
}
