/** Every way this tool can end other than well, one file a topic. A code is in one topic alone. */
import { adoption } from './failures/adoption.js';
import { archive } from './failures/archive.js';
import { artefacts } from './failures/artefacts.js';
import { asking } from './failures/asking.js';
import { aws } from './failures/aws.js';
import { functions } from './failures/functions.js';
import { git } from './failures/git.js';
import { machine } from './failures/machine.js';
import { packages } from './failures/packages.js';
import { policy } from './failures/policy.js';
import { releases } from './failures/releases.js';

export { type ExitCode, exitCodes } from './failures/entry.js';

export const catalogue = {
  ...asking,
  ...policy,
  ...adoption,
  ...artefacts,
  ...archive,
  ...packages,
  ...releases,
  ...functions,
  ...aws,
  ...git,
  ...machine,
} as const;
