import type { Declarations, Environment, LambdaFunction, Layer } from '../../layer/declarations.js';
import { environmentOf } from '../../layer/environments.js';
import { type Direction, weakerValue } from './direction.js';
import { weakerRequires } from './requires.js';
import { weakerPluginRules, weakerRules } from './rules.js';
import { weakerWaivers } from './waivers.js';
import { type Weakening, weakening } from './weakening.js';

/** What the one value demands and the other does not; `what` is where in the policy they stand, `base` the first one's. */
type Compare<Value> = (what: string, was: Value, is: Value, base: Declarations) => Weakening[];

type Directions<Declared> = Readonly<Record<keyof Declared, Direction>>;

const layer: Directions<Layer> = {
  name: 'free',
  build: 'fixed',
  source: 'fixed',
  versionKey: 'fixed',
  tag: 'fixed',
  layerName: 'fixed',
  runtimes: 'free',
  architectures: 'free',
  natives: ['allow', 'forbid'],
  maxZipMB: 'lower',
};

const lambdaFunction: Directions<LambdaFunction> = {
  name: 'free',
  source: 'fixed',
  versionKey: 'fixed',
  tag: 'fixed',
  functionName: 'fixed',
  alias: 'fixed',
  layers: 'free',
  maxZipMB: 'lower',
  handler: 'free',
  events: 'free',
  smoke: 'more',
};

const environment: Directions<Environment> = {
  name: 'free',
  target: 'fixed',
  profile: 'free',
  region: 'fixed',
  account: 'fixed',
  bucket: 'fixed',
  promoteFrom: 'fixed',
  sync: 'free',
};

/** Every key of a policy, so that a new one cannot be forgotten here: the compiler asks for it. */
const comparisons: { readonly [Key in keyof Declarations]: Compare<Declarations[Key]> } = {
  requires: weakerRequires,
  versionFile: inDirection('fixed'),
  baseBranch: inDirection('fixed'),
  maintenanceBranches: inDirection('fewer'),
  layers: each(fields(layer)),
  functions: each(fields(lambdaFunction)),
  versioned: each(inDirection('more')),
  environments: (what, was, is, base) =>
    each(fields<Environment>(environment))(what, was, underOldNames(was, is), base),
  archive: fields<Declarations['archive']>({ bucket: 'fixed', environment: 'fixed', prefix: 'fixed' }),
  extends: inDirection('more'),
  plugins: inDirection('more'),
  rules: weakerRules,
  pluginRules: weakerPluginRules,
  waivers: weakerWaivers,
};

/** All that the one policy demands and the other does not. Both are whole: defaults filled in, presets laid under. */
export function weaker(base: Declarations, head: Declarations): Weakening[] {
  const compare = <Key extends keyof Declarations>(key: Key) => comparisons[key](key, base[key], head[key], base);
  return (Object.keys(comparisons) as (keyof Declarations)[]).flatMap(compare);
}

/** An environment may get targets and rename them; that is no other place. */
function underOldNames(
  was: Declarations['environments'],
  is: Declarations['environments'],
): Declarations['environments'] {
  const renamed = Object.values(was).flatMap(({ name, region, account }) => {
    const isThere = (one: Environment) =>
      environmentOf(one.name) === environmentOf(name) && one.region === region && one.account === account;
    const now = Object.hasOwn(is, name) ? undefined : Object.values(is).find(isThere);
    return now === undefined ? [] : [[name, now] as const];
  });
  return { ...is, ...Object.fromEntries(renamed) };
}

function inDirection<Value>(direction: Direction | undefined): Compare<Value> {
  return (what, was, is) => weakerValue(what, was, is, direction);
}

/** What is declared by name: one that is gone demands nothing any more, and one that is new demands only more. */
function each<Value>(compare: Compare<Value>): Compare<Readonly<Record<string, Value>>> {
  return (what, was, is, base) =>
    Object.entries(was).flatMap(([name, before]) => {
      const after = Object.hasOwn(is, name) ? is[name] : undefined;
      const here = `${what}.${name}`;
      return after === undefined ? [weakening(here, 'declared', undefined)] : compare(here, before, after, base);
    });
}

/** Field by field. One that is not known here has no direction, and counts however it changes. */
function fields<Declared extends object>(directions: Directions<Declared>): Compare<Declared> {
  const known: Readonly<Record<string, Direction>> = directions;
  return (what, was, is) => {
    const [before, after] = [was, is].map((value) => new Map<string, unknown>(Object.entries(value)));
    return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((field) => {
      const direction = Object.hasOwn(known, field) ? known[field] : undefined;
      // What nobody has said before was no demand.
      if (direction === 'fixed' && !Object.hasOwn(was, field)) return [];
      return weakerValue(`${what}.${field}`, before?.get(field), after?.get(field), direction);
    });
  };
}
