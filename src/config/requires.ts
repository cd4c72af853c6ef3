import { failure } from '../errors.js';

/** Whether this is a version of the tool that the policy is written for. */
export async function checkRequires(file: string, range: string, version: string): Promise<void> {
  const { default: validRange } = await import('semver/ranges/valid.js');
  if (validRange(range) === null) {
    throw failure('config-invalid', {
      file,
      problems: `requires: "${range}" is not a version range`,
      fix: 'Write for example ">=1.0.0".',
    });
  }
  const { default: satisfies } = await import('semver/functions/satisfies.js');
  // A run from source has no version to hold against the range.
  if (version.endsWith('-source') || satisfies(version, range, { includePrerelease: true })) return;
  throw failure('requires-newer', { file, range, version });
}
