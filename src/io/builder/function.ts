import { failure } from '../../errors.js';
import { megabyte } from '../../layer/limits.js';
import type { Artefact, BuildRequest } from '../../ports.js';
import { buildSource, type Ports } from './source.js';

/**
 * Builds the package of a function from the objects of a commit: its folder, at the root of the zip. What lies beside it
 * comes from layers, so one that is large has carried something along, and is refused.
 *
 * Fails as a source layer does, and with `function-unfit`.
 */
export async function buildFunction(ports: Ports, request: BuildRequest): Promise<Artefact> {
  const artefact = await buildSource(ports, request, 'function');
  const { name, source, maxZipMB } = request;
  const unfit = (problem: string, fix: string) => failure('function-unfit', { name, source, problem, fix });
  if (!artefact.files.some(({ path }) => /^[^/]+\.py$/.test(path))) {
    throw unfit('has no handler: no Python file lies directly in it', 'Name the folder that holds the handler itself.');
  }
  if (artefact.size > maxZipMB * megabyte) {
    const [largest] = [...artefact.files].sort((a, b) => b.size - a.size);
    throw unfit(
      `makes a zip of ${artefact.size} bytes, more than the ${maxZipMB} MB of the policy; its largest file is ${largest?.path}`,
      'Move to a layer what functions share, or raise "maxZipMB" in the policy.',
    );
  }
  return artefact;
}
