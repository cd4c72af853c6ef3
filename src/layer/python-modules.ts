/** Names in Python's world: of distributions, which are installed, and of modules, which are imported. */

/** What is imported, or the distribution that was installed to have it (normalised: `charset-normalizer`). */
export interface PythonName {
  kind: 'module' | 'distribution';
  name: string;
}

/** One spelling of a distribution's name (PEP 503): `Foo_Bar`, `foo.bar` and `foo-bar` are one. */
export function distributionName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
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
