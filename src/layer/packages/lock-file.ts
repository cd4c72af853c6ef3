import type { LockedPackage } from '../../ports.js';
import { byUtf8 } from '../order.js';
import type { Place } from '../problems/demands.js';

/** A requirements file that pip takes with --require-hashes. The same packages give the same text. */
export function lockText(layer: string, packages: readonly LockedPackage[], places: readonly Place[]): string {
  const head = `# Made by: layer-policy lock ${layer}\n# From the requirements beside it; do not edit, make it anew.\n`;
  const lines = [...packages]
    .sort((a, b) => byUtf8(a.name, b.name) || byUtf8(a.version, b.version))
    .map((one) => {
      const marker = markerOf(one.places, places);
      const hashes = [...new Set(one.sha256)].sort().map((hash) => ` \\\n    --hash=sha256:${hash}`);
      return `${one.name}==${one.version}${marker === '' ? '' : ` ; ${marker}`}${hashes.join('')}\n`;
    });
  return head + lines.join('');
}

/** Which of the places are meant; '' where all are. */
function markerOf(meant: readonly Place[], all: readonly Place[]): string {
  const isMeant = (place: Place) =>
    meant.some(({ runtime, architecture }) => runtime === place.runtime && architecture === place.architecture);
  if (all.every(isMeant)) return '';
  const runtimes = [...new Set(all.map(({ runtime }) => runtime))];
  const architectures = [...new Set(all.map(({ architecture }) => architecture))];
  return runtimes
    .flatMap((runtime) => {
      const on = architectures.filter((architecture) => isMeant({ runtime, architecture }));
      const python = `python_version == "${runtime.slice('python'.length)}"`;
      if (on.length === architectures.length) return [python];
      return on.map(
        (architecture) => `${python} and platform_machine == "${architecture === 'arm64' ? 'aarch64' : architecture}"`,
      );
    })
    .join(' or ');
}
