// Written by npm run gen from rules/.
import archiveAge from '../../rules/archive-age.js';
import artifactStructure from '../../rules/artifact-structure.js';
import fileSize from '../../rules/file-size.js';
import forbiddenPaths from '../../rules/forbidden-paths.js';
import handlerShadow from '../../rules/handler-shadow.js';
import importClosure from '../../rules/import-closure.js';
import jsonSchema from '../../rules/json-schema.js';
import layerLayout from '../../rules/layer-layout.js';
import layerSource from '../../rules/layer-source.js';
import manifestSchema from '../../rules/manifest-schema.js';
import manifestTruth from '../../rules/manifest-truth.js';
import noBuildCommits from '../../rules/no-build-commits.js';
import noLayerCopies from '../../rules/no-layer-copies.js';
import noRootArn from '../../rules/no-root-arn.js';
import noStrayZips from '../../rules/no-stray-zips.js';
import pinnedRequirements from '../../rules/pinned-requirements.js';
import policyChange from '../../rules/policy-change.js';
import readmeOnMajor from '../../rules/readme-on-major.js';
import requiredPaths from '../../rules/required-paths.js';
import safePaths from '../../rules/safe-paths.js';
import semverNaming from '../../rules/semver-naming.js';
import tagVersion from '../../rules/tag-version.js';
import versionBump from '../../rules/version-bump.js';
import versionFile from '../../rules/version-file.js';
import type { Rule } from '../rule/define.js';

export interface IndexedRule {
  rule: Rule;
}

export const ruleIndex: Record<string, IndexedRule> = {
  'archive-age': { rule: archiveAge as unknown as Rule },
  'artifact-structure': { rule: artifactStructure as unknown as Rule },
  'file-size': { rule: fileSize as unknown as Rule },
  'forbidden-paths': { rule: forbiddenPaths as unknown as Rule },
  'handler-shadow': { rule: handlerShadow as unknown as Rule },
  'import-closure': { rule: importClosure as unknown as Rule },
  'json-schema': { rule: jsonSchema as unknown as Rule },
  'layer-layout': { rule: layerLayout as unknown as Rule },
  'layer-source': { rule: layerSource as unknown as Rule },
  'manifest-schema': { rule: manifestSchema as unknown as Rule },
  'manifest-truth': { rule: manifestTruth as unknown as Rule },
  'no-build-commits': { rule: noBuildCommits as unknown as Rule },
  'no-layer-copies': { rule: noLayerCopies as unknown as Rule },
  'no-root-arn': { rule: noRootArn as unknown as Rule },
  'no-stray-zips': { rule: noStrayZips as unknown as Rule },
  'pinned-requirements': { rule: pinnedRequirements as unknown as Rule },
  'policy-change': { rule: policyChange as unknown as Rule },
  'readme-on-major': { rule: readmeOnMajor as unknown as Rule },
  'required-paths': { rule: requiredPaths as unknown as Rule },
  'safe-paths': { rule: safePaths as unknown as Rule },
  'semver-naming': { rule: semverNaming as unknown as Rule },
  'tag-version': { rule: tagVersion as unknown as Rule },
  'version-bump': { rule: versionBump as unknown as Rule },
  'version-file': { rule: versionFile as unknown as Rule },
};
