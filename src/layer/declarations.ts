/** What a policy declares, defaults filled in. `config/` makes it; everything else only reads it. */

export interface Layer {
  name: string;
  build: 'source' | 'requirements';
  /** Folder (source) or file (requirements), relative to the root, no trailing slash. */
  source: string;
  versionKey: string;
  /** Tag template with `{name}` and `{version}`. */
  tag: string;
  /** Published name, `{env}` stands for the environment. */
  layerName: string;
  runtimes: string[];
  architectures: string[];
  natives: 'forbid' | 'allow';
  maxZipMB: number;
}

export interface LambdaFunction {
  name: string;
  source: string;
  versionKey: string;
  tag: string;
  functionName: string;
  /** What callers call it by; it leads to a published version. */
  alias?: string;
  layers: string[];
  maxZipMB: number;
  /** `handler.lambda_handler`: what a folder environment makes the function with. */
  handler: string;
  /** Name to the path of a JSON file. */
  events: Record<string, string>;
  smoke: Smoke[];
}

/** One call that shows whether a function works. */
export interface Smoke {
  /** A name among the function's events. */
  event: string;
  expect: Expectations;
}

/** What an answer must be, besides being no error. */
export interface Expectations {
  /** The answer's `statusCode`. */
  statusCode?: number;
  /** What the answer must contain. */
  payload?: unknown;
  /** Milliseconds. What the service does not report, as the start of a function that runs already, is not judged. */
  maxInitMs?: number;
  maxDurationMs?: number;
}

/** One account and region, or folder, that artefacts are published to: an environment, or one target of it. */
export interface Environment {
  /** `dev`; of an environment with several targets `prod/eu`. */
  name: string;
  target: 'local' | 'aws';
  profile?: string;
  region?: string;
  account?: string;
  bucket?: string;
  promoteFrom?: string;
  /** Prefixes of buckets that go along with a promotion. */
  sync?: { from: string; to: string; prefix: string; delete?: boolean }[];
}

export interface Waiver {
  rule: string;
  /** Path or glob of the finding's file. */
  file: string;
  reason: string;
  /** Last day it holds, `YYYY-MM-DD`. */
  until: string;
}

export type Severity = 'off' | 'warning' | 'error';

export interface RuleSetting {
  severity: Severity;
  /** The rule kind this is an instance of; the id itself for the plain rule. */
  use: string;
  options: Record<string, unknown>;
  /** Who said so, in the order they were asked: presets, then `policy`. Nobody: these are the rule's own words. */
  from: string[];
  /** What holds for some paths instead. The last entry that matches a path counts, and it alone. */
  overrides: RuleOverride[];
}

export interface RuleOverride {
  /** Globs. */
  paths: string[];
  severity: Severity;
  options: Record<string, unknown>;
}

export interface Declarations {
  /** The versions of this tool that may judge, as a range; null: any. */
  requires: string | null;
  versionFile: string;
  /** null: the remote's default branch, else main, master or develop. */
  baseBranch: string | null;
  /** Globs of branches that are a base of their own; they count at the tip of the protected branch only. */
  maintenanceBranches: string[];
  layers: Record<string, Layer>;
  functions: Record<string, LambdaFunction>;
  /** VERSION key to the globs it stands for. */
  versioned: Record<string, string[]>;
  /** In the order declared, one for each target; `local` is always there, last unless declared. */
  environments: Record<string, Environment>;
  /** `environment`: by whose account and region the bucket is reached. */
  archive: { bucket?: string; prefix: string; environment?: string };
  waivers: Waiver[];
  /** Presets, as they are named; what they say is part of `rules`. */
  extends: string[];
  /** As they are named. */
  plugins: string[];
  /** Only what the policy and its presets say; a rule that is not named has its own defaults. */
  rules: Record<string, RuleSetting>;
  /** What is said of rules that only the code of a plugin could settle, as it is written. */
  pluginRules: Record<string, unknown[]>;
}

/** Names of everything that has a version and an artefact. */
export function declaredNames(declarations: Declarations): string[] {
  return [...Object.keys(declarations.layers), ...Object.keys(declarations.functions)];
}
