import { describe, expect, it } from 'vitest';
import { isFailure } from '../../src/errors.js';
import type { Environment } from '../../src/layer/declarations.js';
import { environmentNames, environmentOf, targetOf, targetsOf } from '../../src/layer/environments.js';

const declared = Object.fromEntries(
  ['dev', 'prod/eu', 'prod/us', 'product', 'one/only'].map((name): [string, Environment] => [
    name,
    { name, target: 'aws' },
  ]),
);

const failed = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    if (isFailure(error)) return [error.code, error.message, error.hint];
    throw error;
  }
  return null;
};

describe('an environment', () => {
  it('is its targets, in the order declared', () => {
    const names = (of: string) => targetsOf(declared, of).map(({ name }) => name);
    expect(['dev', 'prod', 'prod/us', 'product', 'one'].map(names)).toEqual([
      ['dev'],
      ['prod/eu', 'prod/us'],
      ['prod/us'],
      ['product'],
      ['one/only'],
    ]);
    expect(environmentNames(declared)).toEqual(['dev', 'prod', 'product', 'one']);
    expect(['dev', 'prod/eu'].map(environmentOf)).toEqual(['dev', 'prod']);
  });

  it('is called by no other name', () => {
    expect(failed(() => targetsOf(declared, 'prod/'))?.[0]).toBe('unknown-name');
    expect(failed(() => targetsOf(declared, '__proto__'))?.[0]).toBe('unknown-name');
    expect(failed(() => targetsOf(declared, 'prod/euu'))?.[1]).toContain("Did you mean 'prod/eu'?");
    expect(failed(() => targetsOf(declared, 'eu'))?.[2]).toContain(
      'dev, prod, product, one, prod/eu, prod/us, one/only',
    );
  });

  it('of several targets says too little where one is meant', () => {
    expect([targetOf(declared, 'dev').name, targetOf(declared, 'one').name]).toEqual(['dev', 'one/only']);
    expect(targetOf(declared, 'prod/us').name).toBe('prod/us');
    expect(failed(() => targetOf(declared, 'prod'))).toEqual([
      'several-targets',
      "Environment 'prod' has several targets, and this takes one.",
      'Name one of them, as in --env prod/eu: prod/eu, prod/us',
    ]);
  });
});
