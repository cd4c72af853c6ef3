import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { writeFiles } from '../kit/files.js';
import { isolatedEnv } from '../kit/isolated.js';
import { tempFolder } from '../kit/temp.js';
import { installPacked, start } from './foreign.js';

interface Block {
  line: number;
  kind: string;
  file: string;
  lines: string[];
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let open: Block | null = null;
  text.split('\n').forEach((line, i) => {
    if (open === null) {
      const [, kind, file = ''] = /^```(\S+)(?: (\S+))?$/.exec(line) ?? [];
      if (kind !== undefined) open = { line: i + 1, kind, file, lines: [] };
    } else if (line === '```') {
      blocks.push(open);
      open = null;
    } else open.lines.push(line);
  });
  return blocks;
}

/** A shell that remembers where it is. What only a registry could answer is done by hand: the packed files are put in place. */
function shell(dir: string) {
  const state = { cwd: dir };
  const identity = { GIT_AUTHOR_NAME: 'Kit', GIT_AUTHOR_EMAIL: 'kit@example.com' };
  return {
    state,
    run(command: string): string {
      const [, wanted] = /^npm install --save-dev (\S+)$/.exec(command) ?? [];
      if (wanted === 'layer-policy') {
        installPacked(state.cwd);
        return '';
      }
      if (wanted !== undefined) return install(state.cwd, wanted);
      const PATH = [join(state.cwd, 'node_modules/.bin'), dirname(process.execPath), isolatedEnv().PATH].join(
        delimiter,
      );
      // npx would ask a registry whether there is something newer; what it finds installed is on the path.
      const script = `exec 2>&1\n${command.replace(/^npx /, '')}\nprintf '\\n%s' "$PWD"`;
      const { out } = start(state.cwd, 'sh', ['-c', script], { PATH, ...identity });
      state.cwd = out.slice(out.lastIndexOf('\n') + 1);
      return out;
    },
  };
}

function install(cwd: string, tarball: string): string {
  const home = join(cwd, 'node_modules', tarball.replace(/^\.\/|-\d.*$/g, ''));
  mkdirSync(home, { recursive: true });
  const { code, out } = start(home, 'tar', ['-xzf', join(cwd, tarball), '--strip-components=1']);
  if (code !== 0) throw new Error(out);
  return '';
}

it('every file and every command of the guide does what the guide says', () => {
  const guide = readFileSync('docs/write-your-own-rule.md', 'utf8');
  const sh = shell(realpathSync(tempFolder('guide')));
  const blocks = blocksOf(guide);
  expect(blocks.filter(({ kind }) => kind === 'console').length).toBeGreaterThan(4);
  for (const { line, kind, file, lines } of blocks) {
    if (kind !== 'console') {
      // A block without a file would be read and never tried.
      expect([line, file]).not.toEqual([line, '']);
      writeFiles(sh.state.cwd, { [file]: `${lines.join('\n')}\n` });
      continue;
    }
    let said: string[] = [];
    let command = '';
    for (const text of lines) {
      if (text.startsWith('$ ')) {
        command = text.slice(2);
        said = sh.run(command).split('\n');
        continue;
      }
      // Each line that the guide shows, in the order it shows them; what it leaves out is left out.
      const at = said.findIndex((one) => one.startsWith(text));
      expect([`${line}: ${command}`, at === -1 ? said.join('\n') : text]).toEqual([`${line}: ${command}`, text]);
      said = said.slice(at + 1);
    }
  }
});

it('the facts that the guide tells of are there, and so is what it takes from the doors', async () => {
  const guide = readFileSync('docs/write-your-own-rule.md', 'utf8');
  const { ruleFault } = await import('../../src/rule/fault.js');
  const facts = [...guide.matchAll(/^\| `(\w+)` \|/gm)].map(([, fact]) => fact ?? '');
  const { rules } = { rules: (await import('../../src/policy/rules.gen.js')).ruleIndex };
  expect(facts.length).toBeGreaterThan(4);
  expect(ruleFault({ ...rules['archive-age']?.rule, facts, examples: [] })).toBeNull();
});
