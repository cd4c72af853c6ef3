/** Names in Python's world: of distributions, which are installed, and of modules, which are imported. */

/** One spelling of a distribution's name (PEP 503): `PyYAML`, `py.yaml` and `py_yaml` differ, `Foo_Bar` and `foo-bar` do not. */
export function distributionName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

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

/** What is imported from a file of this name, `x.py` or `x.cpython-312-x86_64-linux-gnu.so`; null where nothing is. */
export function moduleOf(file: string): string | null {
  return /^([^.]+)(\.py|(\.[^.]+)*\.(so|pyd))$/.exec(file)?.[1] ?? null;
}

/** The distribution whose metadata lie in a folder of this name: `requests-2.32.5.dist-info`. */
export function distributionOf(folder: string): string | null {
  const name = /^([^-]+)(-[^-]+)*\.(dist-info|egg-info)$/.exec(folder)?.[1];
  return name === undefined ? null : distributionName(name);
}
