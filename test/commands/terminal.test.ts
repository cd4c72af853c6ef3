import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import type { Repo } from '../kit/repo.js';
import { tempFolder } from '../kit/temp.js';
import { onTerminal } from '../kit/terminal.js';
import { governed, layerPolicy } from './moving.js';

const releasing = ['release', '--env', 'local'];
const months = {
  'layer_management/archive/2020-01/extra-0.1.0.zip': 'one',
  'layer_management/archive/2020-02/extra-0.2.0.zip': 'two',
};
/** A function whose answer comes when the file is gone. */
function waiting(): { on: Repo; hold: string } {
  const hold = join(tempFolder('hold'), 'hold');
  writeFileSync(hold, '');
  const on = governed().commit('a function that waits', {
    VERSION: 'CORE=1.0.0\nEXTRA=1.0.0\nCORE_USER=1.0.1\nEXTRA_USER=1.0.0\n',
    'lambdas/core_user/handler.py': [
      'import os, time',
      '',
      '',
      'def lambda_handler(event, context):',
      `    while os.path.exists(${JSON.stringify(hold)}):`,
      '        time.sleep(0.02)',
      '    return {"statusCode": 200}',
      '',
    ].join('\n'),
  });
  return { on, hold };
}

describe('on a terminal', () => {
  it('a release shows its steps while it goes on, and then its report alone', () => {
    const { code, written, screens } = onTerminal(governed(), releasing);
    expect([code, written]).toEqual([0, expect.stringMatching(/○ publish core 1\.0\.0 to local/)]);
    const [{ lines, isCursorShown, wraps } = none] = screens;
    expect([isCursorShown, wraps]).toEqual([true, true]);
    expect(lines[0]).toMatch(/^Released from commit/);
    expect(lines.filter((line) => line.includes('publish core 1.0.0 to local'))).toEqual([
      '  ✔ publish core 1.0.0 to local as acme-core-local',
    ]);
    expect(lines.join('\n')).not.toMatch(/○|[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/);
  });

  it('the plan comes before the question, as a dry run shows it', () => {
    const on = governed().commit('months', months);
    const to = tempFolder('kept');
    const args = ['archive', '--older-than', '90', '--to', to];
    const [plan] = layerPolicy(on, ...args, '--dry-run').stdout.split('\n\nNothing was written.');
    expect(plan).toMatch(/^Would do .*\n {2}○ copy 2020-01 to .*\n {2}○ copy 2020-02/);
    const question = 'archive, layer_management/archive: 3 to do. Go on? [y/N] ';
    const asked = (press: string) =>
      onTerminal(on, args, { columns: 300, keys: [{ after: 'Go on? [y/N] ', press }], env: { NO_COLOR: '1' } });

    const no = asked('n\r');
    expect(no.screens[0]?.lines.join('\n')).toBe(`${plan}\n\n${question.trimEnd()}`);
    expect([no.code, readdirSync(to)]).toEqual([130, []]);
    const yes = asked('y\r');
    expect([yes.code, readdirSync(to)]).toEqual([0, ['2020-01', '2020-02']]);
    const after = yes.screens[1]?.lines.join('\n') ?? '';
    expect(after.slice(after.indexOf('Go on?'))).toMatch(
      /^Go on\? \[y\/N\] y\nArchived from commit \w+ .*\n {2}✔ copy 2020-01/,
    );
  });

  it('Ctrl-C leaves the list as it stood and the terminal as it was, and the plan goes on where it was', () => {
    const { on, hold } = waiting();
    const keys = [{ after: '✔ bring in local', press: '\x03' }];
    const { code, screens } = onTerminal(on, [...releasing, '--record'], { keys, env: { NO_COLOR: '1' } });
    const { lines, isCursorShown, wraps } = screens.at(-1) ?? none;
    expect([code, isCursorShown, wraps]).toEqual([130, true, true]);
    const from = lines.findIndex((line) => line.includes('✔ bring in local'));
    expect(lines.slice(from)).toEqual([
      expect.stringMatching(/✔ bring in local/),
      expect.stringMatching(/✖ try in local/),
      expect.stringMatching(/○ commit/),
      ...Array(4).fill(expect.stringMatching(/○ tag/)),
      '✖ Interrupted.',
      '  → Run the same command again; it goes on where it stopped.',
    ]);
    rmSync(hold);
    const resumed = run(on.dir, ['resume'], { env: on.env });
    expect([resumed.code, resumed.stdout]).toEqual([0, expect.stringContaining('Went on with an interrupted release')]);
  });

  it.each([40, 100])('at %i columns no line is broken in two, and a low window is never left', (columns) => {
    const { on, hold } = waiting();
    const keys = [{ after: '✔ bring in local', press: '\x03' }];
    const { screens } = onTerminal(on, releasing, { columns, rows: 7, keys, env: { NO_COLOR: '1' } });
    rmSync(hold);
    const { lines } = screens[0] ?? none;
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^ {2}✔ \d done$/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(columns);
  });

  it('with NO_COLOR there are no colours, with --quiet there is nothing, with --json the document stays', () => {
    const colours = /\x1b\[\d\d?m/;
    expect(onTerminal(governed(), releasing).written).toMatch(colours);
    expect(onTerminal(governed(), releasing, { env: { NO_COLOR: '1' } }).written).not.toMatch(colours);
    expect(onTerminal(governed(), [...releasing, '--quiet']).written).toBe('');
    const { lines } = onTerminal(governed(), [...releasing, '--json'], { columns: 10_000 }).screens[0] ?? none;
    expect(JSON.parse(lines.join('\n'))).toMatchObject({ ok: true, command: 'release' });
  });
});

describe('without one', () => {
  const tell = (env: object, ...more: string[]) => {
    const on = governed();
    return { on, ...run(on.dir, [...releasing, ...more], { env: { ...on.env, ...env } }) };
  };
  const steps = [
    '✔ write .build/layers/core-1.0.0.zip',
    '✔ store layers/core-1.0.0.zip in local',
    '✔ publish core 1.0.0 to local as acme-core-local',
  ];

  it('CI gets a line for each step as it ends, on the other stream', () => {
    const { on, code, stdout, stderr } = tell({ CI: 'true' });
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/[\x1b\r○⠋]/)]);
    for (const step of steps) expect(stderr).toContain(step);
    expect(stdout).toMatch(/^Released from commit/);
    const again = run(on.dir, [...releasing, '--record'], { env: { ...on.env, CI: 'true' } });
    expect([again.code, again.stderr]).toEqual([0, expect.stringMatching(/^= write .* {2}\(is there already\)\n/)]);
  });

  it('with --json too; with --quiet not, and where no log is kept nothing but the answer', () => {
    const told = tell({ CI: 'true' }, '--json');
    expect([told.json(), told.stderr]).toMatchObject([{ ok: true }, expect.stringContaining('✔ publish core')]);
    expect(tell({ CI: 'true' }, '--quiet')).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(tell({})).toMatchObject({ code: 0, stderr: '' });
    expect(tell({}, '--verbose').stderr).toContain('✔ publish core');
  });

  it('the step that failed is the last line before why', () => {
    const on = governed();
    on.commit('answers badly', {
      'src/core/__init__.py': 'name = "two"\nstatus = 500\n',
      VERSION: on.read('VERSION').replace('CORE=1.0.0', 'CORE=1.0.1'),
    });
    const { code, stderr } = run(on.dir, releasing, { env: { ...on.env, CI: 'true' } });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/✔ bring in local.*\n✖ try in local.*\n✖ /)]);
  });
});

const none = { lines: [] as string[], isCursorShown: false, wraps: false };
