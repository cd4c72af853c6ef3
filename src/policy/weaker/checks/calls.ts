import { parseJson } from '../../../layer/json.js';
import { withValues } from './make-variables.js';

/** Files that say what CI and hooks run, by path, with their texts. */
export type Files = ReadonlyMap<string, string>;

/** What a name stands for: a script of package.json, a target, a file. */
export interface Script {
  file: string;
  /** Of its first line. */
  line: number;
  text: string;
}

/** Scripts by what calls them: `npm policy`, `make policy`, `tox policy`, `file scripts/check.sh`. */
export type Scripts = ReadonlyMap<string, Script>;

const makefiles = /^([Mm]akefile|GNUmakefile|\.?[Jj]ustfile)$/;

export function scriptsIn(files: Files): Scripts {
  const found = new Map<string, Script>();
  for (const [file, text] of files) {
    found.set(`file ${file}`, { file, line: 1, text });
    if (file === 'package.json') for (const [name, script] of packageScripts(text)) found.set(`npm ${name}`, script);
    if (makefiles.test(file)) for (const [name, script] of targets(file, text)) found.set(`make ${name}`, script);
    if (file === 'tox.ini') for (const [name, script] of sections(file, text)) found.set(`tox ${name}`, script);
  }
  return found;
}

/** npm runs `prepolicy` and `postpolicy` around `policy`. */
function packageScripts(text: string): [string, Script][] {
  const { value, lineOf } = parseJson(text);
  const scripts = record(record(value)?.scripts) ?? {};
  const command = (name: string) => (typeof scripts[name] === 'string' ? [scripts[name]] : []);
  return Object.keys(scripts).map((name) => [
    name,
    {
      file: 'package.json',
      line: lineOf(`/scripts/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`) ?? 1,
      text: [`pre${name}`, name, `post${name}`].flatMap(command).join(' && '),
    },
  ]);
}

/** What npm and hook managers run of package.json by themselves. A key tells which. */
export function hooksOfPackage(text: string): Script[] {
  const { value, lineOf } = parseJson(text);
  const document = record(value);
  const hooks = ['simple-git-hooks', 'gitHooks', 'husky', 'lint-staged', 'pre-commit', 'pre-push'];
  const lives = Object.entries(record(document?.scripts) ?? {}).filter(([name]) => lifecycle.test(name));
  const told: [string, unknown][] = [
    ...lives.map(([name, command]): [string, unknown] => [`/scripts/${name}`, command]),
    ...hooks.flatMap((hook) => commandsIn(`/${hook}`, document?.[hook])),
  ];
  return told.map(([pointer, command]) => ({
    file: 'package.json',
    line: lineOf(pointer) ?? 1,
    text: `${pointer
      .split('/')
      .slice(1)
      .join('.')
      .replace(/[^\w.-]/g, '_')}: ${command}`,
  }));
}

const lifecycle = /^(preinstall|install|postinstall|prepare)$/;

function commandsIn(pointer: string, value: unknown): [string, unknown][] {
  if (typeof value === 'string') return [[pointer, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    commandsIn(`${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, inner),
  );
}

export function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown> | null) : null;
}

/** A recipe as the shell sees it: `-` before a command forgets its answer. What it depends on is made first. */
function targets(file: string, text: string): [string, Script][] {
  const lines = /just/i.test(file) ? text.split(/\r?\n/) : withValues(text.split(/\r?\n/));
  const forAll = lines.filter((line) => /^(export\b|SHELL|MAKEFLAGS|\.[A-Z])/.test(line));
  return lines.flatMap((line, at): [string, Script][] => {
    const head = /^@?([\w./-]+)((?:\s[^:=]*)?):(?!=)([^=]*)$/.exec(line.replace(/#.*/, ''));
    if (head === null) return [];
    const [, first = '', more = '', needed = ''] = head;
    const length = lines.slice(at + 1).findIndex((other) => /^\S/.test(other));
    const recipe = lines.slice(at + 1, length === -1 ? undefined : at + 1 + length).map(withoutMarks);
    const script = { file, line: at + 1, text: [`make ${needed.trim()}`, ...recipe, ...forAll].join('\n') };
    // What follows the name of a recipe of just is what it takes.
    const names = /just/i.test(file) ? [first] : [first, ...(more.match(/\S+/g) ?? [])];
    return names.map((name) => [name, script]);
  });
}

function withoutMarks(line: string): string {
  const command = line.replace(/^\s*[@+-]*\s*/, '');
  return /^\s*[@+]*-/.test(line) ? `${command} || true` : command;
}

function sections(file: string, text: string): [string, Script][] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, at): [string, Script][] => {
    const name = /^\[testenv(?::([^\]]+))?\]/.exec(line);
    const length = lines.slice(at + 1).findIndex((other) => other.startsWith('['));
    const body = lines.slice(at + 1, length === -1 ? undefined : at + 1 + length);
    return name === null ? [] : [[name[1] ?? '', { file, line: at + 1, text: ['', ...body].join('\n') }]];
  });
}

/** A call of a script, and where in its line it stands. */
export interface Call {
  script: Script;
  at: number;
  end: number;
  /** What the script is given, as its command would be. */
  given: string;
  /** What its runner is told. */
  told: string;
}

const runners = /(?<![\w./-])(npm|pnpm|yarn|bun|run-s|run-p|npm-run-all|make|gmake|just|tox)\s([^;&|`'")]*)/g;
const names =
  /(?<![\w/.@$-])(?:\.\/|\$\{?\w+\}?\/)?((?:\.?[\w-]+\/)+[\w.-]+|[\w-]+\.(?:sh|bash|mk|ya?ml|groovy|ps1))(?![\w/])/g;

/** Every place of a line that calls one of the scripts. */
export function callsIn(line: string, scripts: Scripts): Call[] {
  const run = [...line.matchAll(runners)].flatMap((match): Call[] => {
    const [whole, runner = '', rest = ''] = match;
    const family = /make|just/.test(runner) ? 'make' : runner === 'tox' ? 'tox' : 'npm';
    const [told = '', ...given] = rest.split(/(?:^|\s)--(?:\s|$)/);
    const words = told.match(/[^\s,]+/g) ?? [];
    const called = words.flatMap((word) => scripts.get(`${family} ${word}`) ?? []);
    const others = words.filter(
      (word) => !scripts.has(`${family} ${word}`) && !/^(run|run-script|-s|--silent|-e)$/.test(word),
    );
    return called.map((script) => ({
      script,
      at: match.index,
      end: match.index + whole.length,
      given: given.join(' '),
      told: others.join(' '),
    }));
  });
  const named = [...line.matchAll(names)].flatMap((match): Call[] => {
    const script = scripts.get(`file ${match[1]}`);
    const end = match.index + match[0].length;
    return script === undefined ? [] : [{ script, at: match.index, end, given: '', told: '' }];
  });
  return [...run, ...named];
}

/** Paths that a text names, which may be files that it runs. */
export function pathsIn(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(names), ([, path = '']) => path))];
}
