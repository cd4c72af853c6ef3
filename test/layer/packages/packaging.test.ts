import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { holds, surroundingsOf } from '../../../src/layer/packages/marker.js';
import { compareReleases, keeps } from '../../../src/layer/packages/pep440.js';
import { platformTags, rankOf } from '../../../src/layer/packages/platforms.js';

/** The library that pip decides with, as pip carries it. */
const judge = `
import json, sys
from pip._vendor.packaging.version import Version
from pip._vendor.packaging.specifiers import SpecifierSet
from pip._vendor.packaging.markers import Marker
from pip._vendor.packaging.tags import cpython_tags, compatible_tags
asked = json.load(sys.stdin)
def kept(version, specifier):
    try: return SpecifierSet(specifier).contains(Version(version), prereleases=True)
    except Exception: return None
def marked(marker, there):
    try: return Marker(marker).evaluate(there)
    except Exception: return None
def order(a, b):
    a, b = Version(a), Version(b)
    return (a > b) - (a < b)
def tags(minor, platforms):
    found = [*cpython_tags((3, minor), ['cp3%d' % minor], platforms)]
    return [str(tag) for tag in [*found, *compatible_tags((3, minor), 'cp3%d' % minor, platforms)]]
print(json.dumps({
    'order': [order(a, b) for a, b in asked['pairs']],
    'kept': [kept(version, specifier) for version, specifier in asked['kept']],
    'marked': [marked(marker, asked['there']) for marker in asked['marked']],
    'tags': [tags(minor, platforms) for minor, platforms in asked['tags']],
}))
`;

function packaging(asked: object): Record<string, unknown[]> {
  const done = spawnSync('python3', ['-c', judge], {
    input: JSON.stringify(asked),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout);
}

const number = fc.constantFrom('0', '1', '2', '10');
const version = fc
  .tuple(
    fc.constantFrom('', '', '', '1!'),
    fc.array(number, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', 'a1', 'b2', 'rc1', '.alpha', '-pre3'),
    fc.constantFrom('', '', '.post1', '-2', 'rev3'),
    fc.constantFrom('', '', '.dev1', '-dev'),
    fc.constantFrom('', '', '', '+local.1', '+2'),
  )
  .map(([epoch, release, ...rest]) => epoch + release.join('.') + rest.join(''));
const clause = fc
  .tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>=', '~=', '==='), version, fc.constantFrom('', '', '.*'))
  .map(([operator, given, open]) => `${operator}${given}${open}`)
  // Older packaging reads the rest by rules of its own, which newer ones refuse.
  .filter((text) => !/^[^=!].*\*$|^===.*\*$|[-a-z+].*\.\*$|^[<>~].*\+|^~=(?:\d!)?\d+(?!\.?\d)/.test(text));
const specifier = fc.array(clause, { minLength: 1, maxLength: 2 }).map((clauses) => clauses.join(','));

const written = (words: string[]) => fc.constantFrom(...words.flatMap((word) => [`'${word}'`, `"${word}"`]));
const comparison = (names: string[], values: string[], operators: string[]) =>
  fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...operators), written(values), fc.boolean())
    .map(([name, how, what, turned]) => (turned ? `${what} ${how} ${name}` : `${name} ${how} ${what}`));
const simple = fc.oneof(
  comparison(
    ['python_version', 'python_full_version'],
    ['3', '3.9', '3.11', '3.11.5', '3.12', '4'],
    ['==', '!=', '<', '<=', '>', '>=', 'in', 'not in'],
  ),
  comparison(
    ['sys_platform', 'os_name', 'os.name', 'platform_machine', 'extra', 'platform_system', 'implementation_name'],
    ['linux', 'win32', 'posix', 'x86_64', 'cpython', 'Linux', 'some words', ''],
    ['==', '!=', 'in', 'not in'],
  ),
);
const { marker } = fc.letrec<{ marker: string }>((tie) => ({
  marker: fc.oneof(
    { maxDepth: 3 },
    simple,
    fc
      .tuple(tie('marker'), fc.constantFrom('and', 'or'), tie('marker'), fc.boolean())
      .map(([a, word, b, grouped]) => (grouped ? `(${a}) ${word} ${b}` : `${a} ${word} ${b}`)),
  ),
}));

it('versions, demands, markers and the order of wheels are decided as pip decides them', () => {
  const sample = <Value>(of: fc.Arbitrary<Value>, seed: number) => fc.sample(of, { numRuns: 2000, seed });
  const pairs = sample(fc.tuple(version, version), 1);
  const kept = sample(fc.tuple(version, specifier), 2);
  const marked = sample(marker, 3);
  const there = surroundingsOf({ runtime: 'python3.11', architecture: 'x86_64' });
  const targets: [number, string[]][] = [
    [11, platformTags(17, 'x86_64')],
    [12, platformTags(34, 'arm64')],
    [13, ['any']],
  ];
  const said = packaging({ pairs, kept, marked, there, tags: targets });

  for (const [at, [a, b]] of pairs.entries()) {
    expect([a, b, Math.sign(compareReleases(a, b) ?? Number.NaN)]).toEqual([a, b, said.order?.[at]]);
  }
  let compared = 0;
  for (const [at, [have, demand]] of kept.entries()) {
    // What packaging refuses to read is kept by nothing here.
    expect([have, demand, keeps(have, demand)]).toEqual([have, demand, said.kept?.[at] ?? false]);
    if (said.kept?.[at]) compared++;
  }
  expect(compared).toBeGreaterThan(200);
  for (const [at, text] of marked.entries()) {
    expect([text, holds(text, there)]).toEqual([text, said.marked?.[at]]);
  }
  for (const [at, [minor, platforms]] of targets.entries()) {
    const tags = [...new Set(said.tags?.[at] as string[])];
    const isPure = platforms[0] === 'any';
    const suited = { runtime: `python3.${minor}`, platforms: isPure ? [] : platforms };
    const ranks = tags.flatMap((tag) => rankOf([tag], suited) ?? (isPure ? [] : [-1]));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(ranks).toContain(0);
  }
});
