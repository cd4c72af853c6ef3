import type { Environment, Expectations, LambdaFunction, Layer, Waiver } from '../layer/declarations.js';

/** The document as users write it, after the schema held. */
export interface Written {
  requires?: string;
  versionFile?: string;
  baseBranch?: string;
  maintenanceBranches?: string[];
  layers: Record<string, Partial<Layer> & Pick<Layer, 'build' | 'source' | 'versionKey' | 'layerName'>>;
  functions?: Record<string, WrittenFunction>;
  versioned?: Record<string, string[]>;
  environments?: Record<string, WrittenEnvironment>;
  archive?: { bucket?: string; prefix?: string; environment?: string };
  extends?: string | string[];
  plugins?: string[];
  overrides?: WrittenRules['overrides'];
  waivers?: Waiver[];
  rules?: Record<string, unknown>;
}

export type WrittenEnvironment = Omit<Environment, 'name'> & { targets?: Record<string, WrittenTarget> };

/** What it does not say, its environment says. */
type WrittenTarget = Pick<Environment, 'profile' | 'region' | 'account' | 'bucket' | 'sync'>;

type WrittenFunction = Partial<Omit<LambdaFunction, 'smoke'>> &
  Pick<LambdaFunction, 'source' | 'versionKey' | 'functionName'> & {
    smoke?: { event: string; expect?: Expectations }[];
  };

/** Everything that is written about rules, as it is written. */
export interface WrittenRules {
  /** Presets in their order, the policy last. */
  layers: { from: string; rules: Record<string, unknown> }[];
  overrides: { paths: string[]; rules: Record<string, unknown> }[];
  waivers: Waiver[];
}
