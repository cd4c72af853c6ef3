import type { Artefact } from '../ports.js';
import type { LambdaFunction, Layer } from './declarations.js';
import { distributionName } from './python-modules.js';

/**
 * How an artefact came to be, as others read it: an in-toto Statement v1 with the SLSA provenance v1 predicate. It is a
 * function of commit and tool version, so it holds no time but the commit's, no machine, no person and no URL of a remote
 * (which differs by clone, and may hold a password).
 */
export interface Statement {
  _type: 'https://in-toto.io/Statement/v1';
  subject: [{ name: string; digest: { sha256: string }; annotations: { contentDigest: string; size: number } }];
  predicateType: 'https://slsa.dev/provenance/v1';
  predicate: {
    buildDefinition: {
      buildType: string;
      externalParameters: Record<string, unknown>;
      resolvedDependencies: Input[];
    };
    runDetails: {
      builder: { id: string; version: Record<string, string> };
      metadata: { invocationId: string };
    };
  };
}

/** SLSA's ResourceDescriptor: something the build read, by the digest git has for it or by its own. */
export interface Input {
  name?: string;
  /** `pkg:pypi/requests@2.32.5` */
  uri?: string;
  digest?: Partial<Record<'gitCommit' | 'gitTree' | 'gitBlob' | 'sha256', string>>;
  annotations?: Record<string, string>;
}

/** Of a statement in a DSSE envelope. */
export const payloadType = 'application/vnd.in-toto+json';

const home = 'https://layer-policy.dev';

export type Built = Pick<
  Artefact,
  'name' | 'version' | 'file' | 'sha256' | 'size' | 'contentDigest' | 'gitSha' | 'buildDate' | 'dependencies'
>;

/** `tool`: this tool's version. `inputs`: what was read of the commit. */
export function provenanceOf(built: Built, declared: Layer | LambdaFunction, inputs: Input[], tool: string): Statement {
  const method = 'build' in declared ? declared.build : 'function';
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      {
        name: built.file,
        digest: { sha256: built.sha256 },
        annotations: { contentDigest: built.contentDigest, size: built.size },
      },
    ],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: `${home}/build/${method}/v1`,
        externalParameters: parameters(built, declared),
        resolvedDependencies: [
          { name: 'commit', digest: { gitCommit: built.gitSha }, annotations: { date: built.buildDate } },
          ...inputs,
          ...Object.entries(built.dependencies).map(([name, version]) => ({
            uri: `pkg:pypi/${distributionName(name)}@${version}`,
          })),
        ],
      },
      runDetails: {
        builder: { id: `${home}/builder`, version: { 'layer-policy': tool } },
        metadata: { invocationId: `${built.name}@${built.version}/${built.gitSha}` },
      },
    },
  };
}

/** What the policy declares of it, as far as a build reads it. */
function parameters({ name, version }: Built, declared: Layer | LambdaFunction): Record<string, unknown> {
  const { source, versionKey } = declared;
  const common = { name, version, source, versionKey };
  if (!('build' in declared)) return { ...common, layers: declared.layers };
  const { runtimes, architectures, natives } = declared;
  return declared.build === 'source' ? common : { ...common, runtimes, architectures, natives };
}

/** `inbox-core-1.2.3.zip` → `inbox-core-1.2.3.provenance.json`, and the signed one beside it. */
export const provenanceFile = (file: string) => file.replace(/\.zip$/, '.provenance.json');
export const envelopeFile = (file: string) => file.replace(/\.zip$/, '.provenance.dsse.json');
