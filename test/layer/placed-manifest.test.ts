import { describe, expect, it } from 'vitest';
import type { Environment } from '../../src/layer/declarations.js';
import type { Manifest } from '../../src/layer/manifest.js';
import { isAt, placedManifest } from '../../src/layer/placed-manifest.js';

const account = '123456789012';
const [eu, us, asia] = ['eu-west-3', 'us-east-1', 'ap-south-1'];
const target = (name: string, region?: string): [string, Environment] => [
  name,
  { name, target: 'aws', account, ...(region !== undefined && { region }) },
];
const targets = (...all: [string, Environment][]) => Object.fromEntries(all);
const arn = (region: string, kind = 'layer') => `arn:aws:lambda:${region}:${account}:${kind}:core-prod:1`;
const entry = (region: string, kind?: string) => ({ arn: arn(region, kind) });
const placed = (environments: object | undefined, there: Record<string, Environment>) => {
  const manifest = { layer_name: 'core', environments } as unknown as Manifest;
  return placedManifest(manifest, there).environments as unknown;
};

describe('what a manifest recorded is found under the name that its place has now', () => {
  const several = targets(target('dev', eu), target('prod/eu', eu), target('prod/us', us));

  it.each<[string, object, Record<string, Environment>, object]>([
    ['one becomes several', { dev: entry(eu), prod: entry(us) }, several, { dev: entry(eu), 'prod/us': entry(us) }],
    ['a function as well', { prod: entry(eu, 'function') }, several, { 'prod/eu': entry(eu, 'function') }],
    [
      'several become one',
      { 'prod/eu': entry(eu), 'prod/us': entry(us) },
      targets(target('prod', us)),
      { prod: entry(us) },
    ],
    [
      'one is renamed',
      { 'prod/paris': entry(eu), 'prod/us': entry(us) },
      several,
      { 'prod/eu': entry(eu), 'prod/us': entry(us) },
    ],
    ['one is gone', { 'prod/eu': entry(eu), 'prod/asia': entry(asia) }, several, { 'prod/eu': entry(eu) }],
    [
      'what is recorded under its own name counts',
      { prod: entry(us), 'prod/us': { arn: arn(us), version: '2' } },
      several,
      { 'prod/us': { arn: arn(us), version: '2' } },
    ],
    [
      'an environment that nobody declares stays',
      { old: entry(asia), 'old/eu': entry(eu) },
      several,
      { old: entry(asia), 'old/eu': entry(eu) },
    ],
    [
      'a place that the policy does not tell is any',
      { prod: entry(asia) },
      targets(target('prod/eu')),
      { 'prod/eu': entry(asia) },
    ],
  ])('%s', (_, environments, there, found) => {
    expect(placed(environments, there)).toEqual(found);
  });

  it('and where every name holds, nothing is made anew', () => {
    const manifest = { environments: { dev: entry(asia) } } as unknown as Manifest;
    expect(placedManifest(manifest, several)).toBe(manifest);
    const old = { layer_name: 'core' } as Manifest;
    expect(placedManifest(old, several)).toBe(old);
  });

  it('an ARN is at a target of its region and account, and a folder is everywhere', () => {
    const one: Environment = { name: 'x', target: 'aws', region: eu, account };
    expect([isAt(one, arn(eu)), isAt(one, arn(us)), isAt({ ...one, account: '1' }, arn(eu))]).toEqual([
      true,
      false,
      false,
    ]);
    expect(isAt({ name: 'local', target: 'local' }, arn(us))).toBe(true);
  });
});
