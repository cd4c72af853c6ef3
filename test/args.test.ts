import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../src/args.js';
import { defineCommand } from '../src/commands/command.js';

const command = defineCommand({
  name: 'try',
  summary: '',
  args: '[paths...]',
  flags: {
    stage: { type: 'string', values: ['ci', 'all'], help: '' },
    rule: { type: 'string', multiple: true, help: '' },
    from: { type: 'string', help: '' },
    'update-baseline': { type: 'boolean', help: '' },
  },
  examples: [],
  run: async () => ({ exit: 0, document: {}, text: () => '' }),
});
const parse = (...argv: string[]) => parseCommandLine(command, argv);

describe('a command line', () => {
  it.each([
    [['--stage', 'ci', 'a', '--json', 'b'], { stage: 'ci', json: true }, ['a', 'b']],
    [['--stage=ci', '--from='], { stage: 'ci', from: '' }, []],
    [['--from=--stage=all'], { from: '--stage=all' }, []],
    [['--from', '-'], { from: '-' }, []],
    [['--rule', 'a', '--rule=b'], { rule: ['a', 'b'] }, []],
    [['--from', 'a', '--from', 'b'], { from: 'b' }, []],
    [['-q', '-', '--', '--json', '-x'], { quiet: true }, ['-', '--json', '-x']],
  ])('%j', (argv, flags, args) => {
    expect(parse(...argv)).toEqual({ flags, args });
  });

  it.each([
    [['--stag', 'ci'], "'try' has no flag --stag. Did you mean --stage?"],
    [['--stag=ci'], "'try' has no flag --stag. Did you mean --stage?"],
    [['-x'], "'try' has no flag -x."],
    [['--toString'], "'try' has no flag --toString."],
    [['--q'], "'try' has no flag --q."],
    [['--stage'], '--stage needs a value.'],
    [['--from', '--json'], '--from needs a value.'],
    [['--json=yes'], '--json takes no value.'],
    [['--stage', 'some'], "--stage takes ci, all, not 'some'."],
    [['--rule'], '--rule needs a value.'],
    [['--stage', '-1'], "--stage takes ci, all, not '-1'."],
  ])('%j is a usage error', (argv, message) => {
    expect(() => parse(...argv)).toThrow(expect.objectContaining({ code: 'usage', exit: 2, message }));
  });
});
