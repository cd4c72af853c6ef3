import { absent } from './absent.js';
import { archive } from './archive.js';
import { artefacts } from './artefacts.js';
import { bumps, commitBumps } from './bumps.js';
import { collisions } from './collisions.js';
import { copies } from './copies.js';
import { documents } from './documents.js';
import type { FactCatalogue } from './fact.js';
import { functionImports } from './function-imports.js';
import { functionModules } from './function-modules.js';
import { hidden } from './hidden.js';
import { layout } from './layout.js';
import { majors } from './majors.js';
import { manifests } from './manifests.js';
import { paths } from './paths.js';
import { records } from './records.js';
import { releaseTags } from './release-tags.js';
import { requirements } from './requirements.js';
import { rootTexts } from './root-texts.js';
import { historySizes, sizes } from './sizes.js';
import { standIns } from './stand-ins.js';
import { tipPaths } from './tip-paths.js';
import { unignored } from './unignored.js';
import { versionFile } from './version-file.js';
import { weakenings } from './weakenings.js';

/** How each fact is learnt. A new fact: its type in `rule/facts.ts`, its file here, a line below. */
export const facts: FactCatalogue = {
  policy: { learn: async ({ policy }) => policy },
  today: { learn: async ({ today }) => today },
  absent,
  archive,
  artefacts,
  bumps,
  collisions,
  commitBumps,
  copies,
  documents,
  functionImports,
  functionModules,
  hidden,
  historySizes,
  layout,
  majors,
  manifests,
  paths,
  records,
  requirements,
  releaseTags,
  rootTexts,
  sizes,
  standIns,
  tipPaths,
  unignored,
  versionFile,
  weakenings,
};
