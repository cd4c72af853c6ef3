import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forge, good, many } from '../io/zip/forge.js';
import { honestOnes } from '../io/zip/honest.js';
import { hostile } from '../io/zip/hostile.js';
import { measured, messages, validateJson, zips } from './validating.js';

const file = (name: string) => `${name.replaceAll(/[^\w]+/g, '-')}.zip`;
const MB = 1_048_576;

describe('every hostile zip', () => {
  const names = Object.keys(hostile);
  const dir = zips(Object.fromEntries(Object.entries(hostile).map(([name, make]) => [file(name), make()])));
  const files = names.map(file);

  it('is refused, in little memory, with words and not with a crash', () => {
    const { code, stdout, stderr, memory } = measured(dir, files);
    expect([code, stderr]).toEqual([3, '']);
    expect(stdout).toContain(`${names.length} of ${names.length} zips refused`);
    expect(`${stdout}${stderr}`).not.toMatch(/TypeError|RangeError|ERR_|\bat .*\.[cm]?js:/);
    // Nothing that a name holds reaches the terminal as it is.
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u200b-\u200f]/);
    expect(memory).toBeLessThan(150 * MB);
  });

  it('is refused in JSON too, each for a reason of its own', () => {
    const { code, document } = validateJson(dir, files);
    expect([code, document.ok, document.error?.code]).toEqual([3, false, 'artefact-refused']);
    for (const { file, ok } of document.artefacts) expect([file, ok]).toEqual([file, false]);
    for (const name of names) expect(messages(document, file(name)).length, name).toBeGreaterThan(0);
  });
});

it.each([
  'bomb of one entry',
  'bomb that says it is small',
  '20,001 entries',
  '65,535 entries',
  'more than 262,144,000 bytes in all',
  'nested bomb of layers within the cap each',
])('what claims to be huge is refused at once: %s', (name) => {
  const dir = zips({ 'a.zip': hostile[name]?.() ?? expect.fail() });
  const { code, memory, cpu } = measured(dir, ['a.zip']);
  expect(code).toBe(3);
  expect(memory).toBeLessThan(150 * MB);
  expect(cpu).toBeLessThan(1000);
});

it('a zip in a zip is not opened', () => {
  const inner = forge([{ name: '../evil', data: 'x' }]);
  const dir = zips({ 'a.zip': forge([{ name: 'python/inner.zip', data: inner }]) });
  expect(validateJson(dir, ['a.zip']).code).toBe(0);
});

it('20,000 entries that are all wrong make a short report', () => {
  const dir = zips({ 'a.zip': forge(many(20_000).map((part) => ({ ...part, mode: 0o100400 }))) });
  const { code, document, result } = validateJson(dir, ['a.zip']);
  expect(code).toBe(3);
  const [mode] = document.findings.filter(({ message }) => message.startsWith('permissions'));
  expect([mode?.message, mode?.data.count, mode?.data.paths.length]).toEqual([
    'permissions: f0 and 19999 more: not everybody may read it (mode 400)',
    20_000,
    100,
  ]);
  expect(result.stdout.length).toBeLessThan(50_000);
});

it('a zip cut off anywhere, or with a byte changed, is refused or is the same', () => {
  const whole = forge([{ ...good, data: 'VALUE = 1\n' }]);
  const cut = Object.fromEntries(
    Array.from({ length: whole.length }, (_, length) => [`cut-${length}.zip`, whole.subarray(0, length)]),
  );
  const changed = Object.fromEntries(
    Array.from({ length: whole.length }, (_, at) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 0x55;
      return [`changed-${at}.zip`, bytes];
    }),
  );
  const dir = zips({ ...cut, ...changed });
  const { code, document } = validateJson(dir, [...Object.keys(cut), ...Object.keys(changed)]);
  expect(code).toBe(3);
  const taken = document.artefacts.filter(({ ok }) => ok).map(({ file }) => file);
  // Which tool made it, which attributes DOS sees: told in one place only, and nobody's content.
  expect(taken.every((name) => name.startsWith('changed-'))).toBe(true);
  expect(taken.length / whole.length).toBeLessThan(0.1);
});

it('honest zips of other writers are refused for nothing but what the layer rules say', () => {
  const dir = zips(Object.fromEntries(Object.entries(honestOnes).map(([name, make]) => [file(name), make()])));
  const { document } = validateJson(dir, Object.keys(honestOnes).map(file));
  for (const message of messages(document)) expect(message).toMatch(/^in the wrong place: /);
});

it.each([
  ['nothing', join('no', 'such.zip'), 'there is no such file'],
  ['a folder', '.', 'this is not a regular file'],
])('%s is no zip to judge: usage', (_, path, problem) => {
  const { code, stderr } = measured(zips({}), [path]);
  expect(code).toBe(2);
  expect(stderr).toContain(problem);
});
