import { describe, expect, it } from 'vitest';
import { formats } from '../../src/report/index.js';
import { readLine } from './runner.js';
import { problemsOf } from './valid.js';
import { broken, hostileNames, many, ordinary, verdict, verdicts } from './verdicts.js';

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const key of Reflect.ownKeys(value)) frozen(value[key as keyof T]);
  }
  return value;
}

/** The text without the escapes that a format may put around or into it. */
function plain(report: string): string {
  return report.replaceAll('`', '').replaceAll('%25', '%');
}

describe.each(Object.entries(formats))('%s', (name, format) => {
  describe.each(Object.entries(verdicts))('of a verdict that is %s', (_, given) => {
    it('is valid', async () => {
      const problems = await problemsOf[name]?.(format(given));
      expect(problems).toEqual([]);
    });

    it('changes nothing it is given, and says the same again', () => {
      expect(format(frozen(given)) === format(given)).toBe(true);
    });

    it('ends with a line break, and holds nothing that a terminal obeys', () => {
      const report = format(given);
      expect(report.endsWith('\n')).toBe(true);
      expect(report.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g)).toBeNull();
      expect(report.match(/[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g)).toBeNull();
      expect(Buffer.from(report).toString() === report).toBe(true);
    });

    it('says nothing to the runner of GitHub Actions, unless it is meant for it', () => {
      const commands = format(given).split('\n').map(readLine);
      if (name !== 'github') expect(commands.filter((command) => command !== null)).toEqual([]);
    });
  });

  it('names every reason for letting pass, and every notice', () => {
    const report = plain(format(ordinary));
    for (const reason of ['Agreed with the data team', 'baseline', 'LAYER_POLICY_SKIP'])
      expect(report).toContain(reason);
    expect(report).toContain('not enforced here: no-root-arn');
    expect(format(verdict())).not.toContain('LAYER_POLICY_SKIP');
  });

  it('names them with 30,000 findings as well', () => {
    expect(plain(format(many))).toContain('Agreed with the data team');
  });

  it('says of 30,000 findings how many it does not show', () => {
    const report = plain(format(many));
    if (name === 'json') expect(JSON.parse(report).findings.length).toBe(30_000);
    else expect(report).toMatch(/\b\d+ more (findings|errors)\b|… and \d+ more/);
  });

  it('names every rule that failed, and why', () => {
    const report = plain(format(broken));
    for (const { rule } of broken.broken) expect(report).toContain(rule);
    expect(report).toContain('the list is undefined');
    expect(report).toContain('Symbol(thrown)');
  });

  it('names the file, line and message of a finding', () => {
    const report = plain(format(ordinary));
    expect(report).toContain('layer_management/archive/2026-01/layer_v6.zip');
    expect(report).toMatch(/(VERSION:|line=|line="|"begin": |"startLine":|"line": )3\b/);
    expect(report).toContain('the key CORE_VERSION stands twice');
    expect(report).toContain('Rename it: git mv');
  });
});

it('every format has a reader here', () => {
  expect(Object.keys(problemsOf).sort()).toEqual(Object.keys(formats).sort());
});

/** Reports as they are written by who does not think of names. */
const naive: Record<string, (file: string) => string> = {
  sarif: (uri) => {
    const result = { message: { text: '' }, locations: [{ physicalLocation: { artifactLocation: { uri } } }] };
    return JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [result] }] });
  },
  junit: (file) => `<testsuites name="${file}" tests="0" failures="0" errors="0" skipped="0" time="0"/>`,
  github: (file) => `::error::x\n${file}::\nend`,
  markdown: (file) => `| File |\n| --- |\n| ${file} |\n`,
};

it.each(Object.entries(naive))('the reader of %s objects to names that are not escaped', async (name, write) => {
  const objections = await Promise.all(
    hostileNames.map(async (file) => {
      try {
        return (await problemsOf[name]?.(write(file))) ?? [];
      } catch (error) {
        return [String(error)];
      }
    }),
  );
  expect(objections.filter(({ length }) => length > 0).length).toBeGreaterThan(10);
});
