import { describe, expect, it } from 'vitest';
import { compareReleases, keeps } from '../../../src/layer/packages/pep440.js';

/** Each older than the next. */
const ascending = `
  1.0.dev0 1.0.dev456 1.0a1.dev1 1.0a1 1.0a1.post1 1.0a2.dev456 1.0a12.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0b2.post345.dev456
  1.0b2.post345 1.0b2-346 1.0c1.dev456 1.0rc1 1.0-pre.2 1.0.preview3 1.0 1.0.post0.dev1 1.0.post0 1.0.post456.dev34
  1.0.post456 1.0.1 1.1.dev1 1.2 1.2+123abc 1.2+123abc456 1.2+abc 1.2+abc.1 1.2+abc123 1.2+abc123def 1.2+0.1 1.2+00.2 1.2+9
  1.2+1234.abc 1.2+123456 1.2.r32+123456 1.2.rev33+123456 1.10 2 10 1!0.1 1!1.0.dev456 1!1.0 2!0`
  .trim()
  .split(/\s+/);

describe('versions', () => {
  it('stand in one order, whatever two are compared', () => {
    for (const [at, a] of ascending.entries())
      for (const [place, b] of ascending.entries())
        expect([a, b, Math.sign(compareReleases(a, b) ?? Number.NaN)]).toEqual([a, b, Math.sign(at - place)]);
  });

  it.each([
    ['1', '1.0.0'],
    ['v1.0', ' 1.0 '],
    ['0!1', '1'],
    ['1.0ALPHA1', '1.0a1'],
    ['1.0.beta-2', '1.0b2'],
    ['1.0c', '1.0rc0'],
    ['1.0-rc_3', '1.0pre3'],
    ['1.0preview', '1.0rc0'],
    ['1.0-4', '1.0.post4'],
    ['1.0.rev', '1.0post0'],
    ['1.0dev', '1.0-dev0'],
    ['1+ubuntu-1', '1+UBUNTU.1'],
    ['1+ubuntu_01', '1+ubuntu.1'],
  ])('%s is another way to write %s', (a, b) => {
    expect(compareReleases(a, b)).toBe(0);
  });

  it.each([
    '',
    'x',
    '1.x',
    '1..2',
    '1.0.',
    '1.0+',
    '1.0+a..b',
    '1.0-',
    '1.0rc1rc2',
    'a1.0',
    '1.0 2',
    '1!',
    '1!!2',
    '1_0',
  ])('and %j is none', (text) => {
    expect(compareReleases(text, '1')).toBeNull();
    expect(compareReleases('1', text)).toBeNull();
  });
});

const kept = `
  2.0 ==2 · 2.0 ==2.0.0 · 2.0+deadbeef ==2 · 2.0+deadbeef ==2.0+deadbeef · 2.0+deadbeef.0 ==2.0.0+deadbeef.00 · 2.0 == 2
  2.dev1 ==2.* · 2a1 ==2.* · 2b1.dev1 ==2.* · 2c1.post1.dev1 ==2.0.* · 2 ==2.0.* · 2 ==0!2.* · 0!2 ==2.* · 2.1+local ==2.1.*
  2!1.0 ==2!1.* · 2.1 ==v2.*
  2.1 !=2 · 2.0.1 !=2.0 · 2.0 !=2.0+deadbeef · 2.0 !=3.* · 2.1 !=2.0.* · 2!1.0 !=1.0
  2.0 >=2 · 2.0.post1.dev1 >=2 · 3 >=2 · 2+local >=2 · 2!1.0 >=2.0
  2.0 <=2 · 2.0.dev1 <=2 · 2.0c1.post1.dev1 <=2 · 1 <=2 · 2+local <=2 · 1.0 <=2!0.1
  3 >2 · 2.1 >2.0 · 2.1.post1 >2 · 2.1+local >2 · 2.0.post2 >2.post1 · 2!1.0 >2.0 · 2.0.5 >2.0dev · 2+local >2rc1
  2.1rc1 >2 · 1!2.post1 >2
  1 <2 · 2.0 <2.1 · 2.0.dev0 <2.1 · 2a1 <2b1 · 2.dev1 <2a1 · 2rc1 <2!1 · 1.0 <2!0.1 · 2rc1 <1!2
  1 ~=1.0 · 1.0.1 ~=1.0 · 1.9999 ~=1.0 · 1.1 ~=1.0a1 · 1.0.5 ~=1.0.2 · 2022.01.01 ~=2022.01.01 · 2!1.0 ~=2!1.0 · 1.5 ~=1.4.post3
  1.0 ===1.0 · 1.0rc1 ===1.0RC1 · anything ===anything
  1.5 >=1,<2 · 1.5 >=1,!=1.4.*, <2 · 1.5 , · 1.5 >=1,`;
const broken = `
  2.1 ==2 · 2.0 ==2.0+deadbeef · 2.0+other ==2.0+deadbeef · 2.0 ==3.* · 2.1 ==2.0.* · 1.0 ==2!1.* · 2!1.0 ==1.* · 2!1.0 ==1.0
  2rc1 ==2rc1.* · 2rc1 !=2rc2.* · 2.post1 ==2.post1.* · 2.dev1 ==2.dev1.* · 2 ==2.** · 2 ==.* · 2 ==2*
  2.0 !=2 · 2.0+deadbeef !=2 · 2.0+deadbeef !=2.0+deadbeef · 2.dev1 !=2.* · 2!1.0 !=2!1.0
  2.0.dev1 >=2 · 2.0rc1 >=2 · 1 >=2
  2.0.post1 <=2 · 2.0.post1.dev1 <=2 · 3 <=2
  1 >2 · 2.0rc1 >2 · 2.0 >2 · 2.0.post1 >2 · 2.0.post1.dev1 >2 · 2.0+local >2 · 2.post1+local >2.post1
  2.0.dev1 <2 · 2.0a1.post1 <2 · 2.0rc1 <2.0.0 · 2.0 <2 · 2.0.post1 <2 · 3 <2
  2.0 ~=1.0 · 0.9 ~=1.0 · 1.1.0 ~=1.0.0 · 1.1.post1 ~=1.0.0 · 1.0 ~=2!1.0 · 2!1.0 ~=1.0 · 1.0.dev1 ~=1.0
  1.0 ===1 · 1.0.0 ===1.0
  2.5 >=1,<2 · 0.5 >=1,<2 · 1.4.2 >=1,!=1.4.*,<2
  2 >=2.* · 1 <2.* · 2 ~=2.* · x ==1 · x !=1 · 1 ==x · 1 !=x · 1 =1 · 1 1 · 1 >=1;2 · 1 >=1 2 · 1 x>=1`;

const each = (table: string) =>
  table.split(/ · |\n/).flatMap((row) => {
    const [, version = '', demand = ''] = /^\s*(\S+) (.+)$/.exec(row) ?? [];
    return version === '' ? [] : [[version, demand] as const];
  });

describe('a demand', () => {
  it.each([
    ...each(kept),
    ...['', '  '].map((nothing) => ['1', nothing] as const),
  ])('%s keeps %j', (version, demand) => {
    expect(keeps(version, demand)).toBe(true);
  });

  it.each(each(broken))('%s does not keep %j', (version, demand) => {
    expect(keeps(version, demand)).toBe(false);
  });
});
