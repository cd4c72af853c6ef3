import { distributionName } from '../python-modules.js';

/** What the name of a wheel says: `PyYAML-6.0.3-cp311-cp311-manylinux2014_x86_64.whl`. */
export interface WheelName {
  /** Normalised. */
  name: string;
  version: string;
  /** Each as `python-abi-platform`. */
  tags: string[];
}

type Parts = [whole: string, name: string, version: string, pythons: string, abis: string, platforms: string];

const form = /^([A-Za-z0-9](?:[\w.]*[A-Za-z0-9])?)-([\w.!+]+)(?:-\d\w*)?-([\w.]+)-([\w.]+)-([\w.]+)\.whl$/;

/** Null: it is no wheel's name. */
export function parseWheelName(file: string): WheelName | null {
  const found = file.length > 300 ? null : form.exec(file);
  if (found === null) return null;
  const [, name, version, pythons, abis, platforms] = found as unknown as Parts;
  const tags = pythons
    .split('.')
    .flatMap((python) => abis.split('.').flatMap((abi) => platforms.split('.').map((on) => `${python}-${abi}-${on}`)));
  return { name: distributionName(name), version: version.replaceAll('_', '-'), tags: tags.slice(0, 200) };
}

/** It holds no compiled code, by its own word. */
export function isPure({ tags }: Pick<WheelName, 'tags'>): boolean {
  return tags.every((tag) => tag.endsWith('-none-any'));
}
