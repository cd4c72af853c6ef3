// Written by npm run gen from rules/.
import archiveAge from '../../rules/archive-age.examples.js';
import artifactStructure from '../../rules/artifact-structure.examples.js';
import fileSize from '../../rules/file-size.examples.js';
import forbiddenPaths from '../../rules/forbidden-paths.examples.js';
import handlerShadow from '../../rules/handler-shadow.examples.js';
import importClosure from '../../rules/import-closure.examples.js';
import jsonSchema from '../../rules/json-schema.examples.js';
import layerLayout from '../../rules/layer-layout.examples.js';
import layerSource from '../../rules/layer-source.examples.js';
import manifestSchema from '../../rules/manifest-schema.examples.js';
import manifestTruth from '../../rules/manifest-truth.examples.js';
import noBuildCommits from '../../rules/no-build-commits.examples.js';
import noLayerCopies from '../../rules/no-layer-copies.examples.js';
import noRootArn from '../../rules/no-root-arn.examples.js';
import noStrayZips from '../../rules/no-stray-zips.examples.js';
import pinnedRequirements from '../../rules/pinned-requirements.examples.js';
import policyChange from '../../rules/policy-change.examples.js';
import readmeOnMajor from '../../rules/readme-on-major.examples.js';
import requiredPaths from '../../rules/required-paths.examples.js';
import safePaths from '../../rules/safe-paths.examples.js';
import semverNaming from '../../rules/semver-naming.examples.js';
import tagVersion from '../../rules/tag-version.examples.js';
import versionBump from '../../rules/version-bump.examples.js';
import versionFile from '../../rules/version-file.examples.js';
import type { ShownRule } from '../rule/define.js';

export const examplesOf: Record<string, ShownRule['examples']> = {
  'archive-age': archiveAge,
  'artifact-structure': artifactStructure,
  'file-size': fileSize,
  'forbidden-paths': forbiddenPaths,
  'handler-shadow': handlerShadow,
  'import-closure': importClosure,
  'json-schema': jsonSchema,
  'layer-layout': layerLayout,
  'layer-source': layerSource,
  'manifest-schema': manifestSchema,
  'manifest-truth': manifestTruth,
  'no-build-commits': noBuildCommits,
  'no-layer-copies': noLayerCopies,
  'no-root-arn': noRootArn,
  'no-stray-zips': noStrayZips,
  'pinned-requirements': pinnedRequirements,
  'policy-change': policyChange,
  'readme-on-major': readmeOnMajor,
  'required-paths': requiredPaths,
  'safe-paths': safePaths,
  'semver-naming': semverNaming,
  'tag-version': tagVersion,
  'version-bump': versionBump,
  'version-file': versionFile,
};
