import fc from 'fast-check';
import { type Content, exec, type Story as Files, symlink } from '../kit/files.js';

/** A history in few words: what each of its commits does to the files. */
export interface Story {
  /** The base branch up to where the branch leaves it; origin has all of it. */
  base: Edit[][];
  /** The base branch after that; origin has this too. */
  later: Edit[][];
  /** The branch, up to the commit that is judged. */
  mine: Edit[][];
  /** The commit that is judged. */
  last: Edit[];
}

export type Edit = { put: Files } | { move: readonly [from: string, to: string] };

/** Every file of a commit. */
export type State = Readonly<Record<string, Exclude<Content, null>>>;

const layers = {
  core: { build: 'source', source: 'src/core', versionKey: 'CORE_VERSION', layerName: 'core-{env}' },
  deps: { build: 'requirements', source: 'src/deps.txt', versionKey: 'DEPS_VERSION', layerName: 'deps-{env}' },
};
const functions = {
  fn: { source: 'src/fn', versionKey: 'FN_VERSION', functionName: 'fn-{env}', layers: ['core', 'deps'] },
};
const environments = { dev: { target: 'aws', region: 'eu-west-3', account: '123456789012', bucket: 'dev' } };
const versioned = { DATA_VERSION: ['data/**'] };

const policy = (more: object = {}) => ({
  '.layerpolicyrc.json': JSON.stringify({ baseBranch: 'develop', layers, functions, environments, versioned, ...more }),
});
const rules = (set: object) => policy({ rules: set });
const waiver = (until: string) => ({ rule: 'no-build-commits', file: '.build/**', reason: 'moving house', until });

const version = (core: string, deps: string, fn: string, data: string) => ({
  VERSION: `CORE_VERSION=${core}\nDEPS_VERSION=${deps}\nFN_VERSION=${fn}\nDATA_VERSION=${data}\n`,
});

const active = 'layer_management/active';
const archive = 'layer_management/archive';
const manifest = (more: object = {}) =>
  JSON.stringify({
    layer_name: 'core-dev',
    version: '1.0.0',
    git_sha: 'a'.repeat(40),
    build_date: '2026-01-01T00:00:00Z',
    size_mb: 0.1,
    aws_arn_dev: 'arn:aws:lambda:eu-west-3:123456789012:layer:core-dev:1',
    ...more,
  });

/** What everything begins with, so that a shrunk story is not about a missing policy. */
export const beginning: State = {
  ...policy(),
  ...version('1.0.0', '1.0.0', '1.0.0', '1.0'),
  '.gitignore': '/.build/\n',
  'src/core/a.py': 'a = 1\n',
  'src/deps.txt': 'six==1.16.0\n',
  'src/fn/handler.py': 'h = 1\n',
  'docs/a.md': 'a',
};

/** What people commit on a good day. */
const fine: Files[] = [
  { 'docs/b.md': 'b' },
  { 'docs/a.md': 'a, and more' },
  { 'README.md': 'x' },
  { 'tests/test_a.py': 't = 1\n' },
  { 'src/core/x.pyc': 'junk' },
  { 'src/core/a.py': 'a = 4\n', ...version('1.0.1', '1.0.0', '1.0.0', '1.0') },
  { 'src/core/c.py': 'c = 1\n', ...version('1.1.0', '1.0.0', '1.0.0', '1.0') },
  { 'src/fn/handler.py': 'h = 3\n', ...version('1.0.0', '1.0.0', '1.0.1', '1.0') },
  { [`${active}/core/README.md`]: 'two', ...version('2.0.0', '1.0.0', '1.0.0', '1.0') },
  { 'data/x.csv': '3', ...version('1.0.0', '1.0.0', '1.0.0', '1.1') },
  { [`${archive}/2026-01/core-1.0.0.zip`]: 'PK' },
];

/** Files that a rule has something to say of, or might be thought to have. */
const puts: Files[] = [
  // Names.
  { '.build/x': 'x' },
  { '.BUILD/y': 'y' },
  { '.build/README.md': 'built' },
  { 'arn.txt': 'x' },
  { 'core_layer_arn.txt': 'x' },
  { 'warnings.txt': 'arn:aws:lambda:eu-west-3:123456789012:layer:core-dev:1' },
  { 'core-final.zip': 'PK' },
  { 'docs/slides.zip': 'PK' },
  { '.build/layers/core-1.0.0.zip': 'PK' },
  { 'docs/A.md': 'A' },
  { 'DOCS/b.md': 'b' },
  { 'docs/e\u0301te\u0301.md': 'x', 'docs/\u00e9t\u00e9.md': 'x' },
  { 'docs/a\nb.md': 'x', ".build/it's $(x) `y`": 'x' },
  { '-rf': 'x', ':(top)x': 'x', '--output=x': 'x' },
  { 'docs/con.txt': 'x', 'docs/x.': 'x', 'docs/\u202ex': 'x' },
  // Kinds.
  { 'docs/link': symlink('a.md') },
  { 'src/core/link.py': symlink('a.py') },
  { 'src/core/a.py': symlink('/etc/passwd') },
  { 'src/core/a.py': exec('a = 1\n') },
  { VERSION: symlink('docs/a.md') },
  { '.build': symlink('docs') },
  { [active]: symlink('../docs') },
  { docs: 'a file now' },
  { 'src/core/model.bin': `version https://git-lfs.github.com/spec/v1\noid sha256:${'ab'.repeat(32)}\nsize 9\n` },
  // Archive, manifests, layout.
  { [`${archive}/2025-11/core-0.9.0.zip`]: 'PK' },
  { [`${archive}/2020-01/core-0.1.0.zip`]: 'PK' },
  { [`${archive}/2027-01/core-1.0.0.zip`]: 'PK' },
  { [`${archive}/v6/core_v6.zip`]: 'PK' },
  { [`${archive}/loose.zip`]: 'PK', [`${archive}/README.md`]: 'x' },
  { [`${active}/core/manifest.json`]: manifest() },
  { [`${active}/core/manifest.json`]: manifest({ git_sha: 'TO_BE_UPDATED' }) },
  { [`${active}/core/manifest.json`]: '{"version": 1, "version": 2' },
  { [`${active}/core/README.md`]: 'one' },
  { [`${active}/core/README.md`]: 'two' },
  { [`${active}/core/old.zip`]: 'PK' },
  { [`${active}/stray/x`]: 'x', [`${active}/stray/manifest.json`]: '{}' },
  { 'layer_management/experimental/x': 'x' },
  // Contents.
  { '.gitignore': '*.pyc\n' },
  { '.gitignore': '.build/*\n!.build/README.md\n' },
  { 'src/core/a.py': 'a = 2\n' },
  { 'src/core/a.py': 'a = 3\n', 'src/core/b.py': 'b = 1\n' },
  { 'src/deps.txt': 'six==1.17.0\n' },
  { 'src/deps.txt': 'six>=1\n--index-url https://example.com\n' },
  { 'src/fn/handler.py': 'h = 2\n' },
  { 'data/x.csv': '1' },
  { 'data/x.csv': '2' },
  { 'readme.md': 'x' },
  // VERSION.
  version('1.0.0', '1.0.0', '1.0.0', '1.0'),
  version('1.0.1', '1.0.0', '1.0.0', '1.0'),
  version('1.0.2', '1.0.1', '1.0.1', '1.1'),
  version('2.0.0', '1.0.0', '1.1.0', '1.0'),
  version('0.9.0', '1.0.0', '1.0.0', '1.0'),
  version('1.0.1-rc.1', '1.0', '1.0.0', '1.0'),
  { VERSION: 'CORE_VERSION=1.0.1\r\nDEPS_VERSION=1.0.0\r\n' },
  { VERSION: 'CORE_VERSION=1.0.1\nCORE_VERSION=1.0.2' },
  // The policy.
  rules({ 'no-build-commits': 'off', 'semver-naming': 'warning' }),
  rules({ 'archive-age': ['error', { days: 30 }], 'no-root-arn': ['error', { contents: true }] }),
  rules({ 'version-bump': ['error', { per: 'commit' }] }),
  policy({ waivers: [waiver('2026-12-31')] }),
  policy({ waivers: [waiver('2026-01-01')] }),
  policy({ layers: { core: layers.core }, functions: {} }),
  policy({ versioned: {} }),
];

/** What no hook can judge by; nothing after it would be judged either, so it stands at the end of a story. */
const unreadable: Files = { '.layerpolicyrc.json': '{"layers": {' };

const removals = ['VERSION', '.layerpolicyrc.json', '.gitignore', 'src/core/a.py', 'docs/a.md', '.build/x', 'arn.txt'];
const moves = [
  ['docs/a.md', '.build/a.md'],
  ['docs/slides.zip', 'core-v6.zip'],
  ['docs/a.md', 'DOCS/a.md'],
  ['src/core/a.py', 'src/core/A.py'],
  ['src/core/a.py', 'src/core/deep/a.py'],
  ['.build/x', 'docs/x'],
] as const;

const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...fine).map((put) => ({ put })) },
  { weight: 6, arbitrary: fc.constantFrom(...puts).map((put) => ({ put })) },
  { weight: 1, arbitrary: fc.constantFrom(...removals).map((path) => ({ put: { [path]: null } })) },
  { weight: 1, arbitrary: fc.constantFrom(...moves).map((move) => ({ move })) },
);
const commits = (maxLength: number, minLength = 0) =>
  fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength, maxLength });

export const stories: fc.Arbitrary<Story> = fc.record({
  base: commits(2),
  later: fc.oneof({ weight: 1, arbitrary: fc.constant<Edit[][]>([]) }, { weight: 4, arbitrary: commits(2, 1) }),
  mine: commits(2),
  last: fc.oneof(
    { weight: 19, arbitrary: fc.array(edit, { minLength: 1, maxLength: 4 }) },
    { weight: 1, arbitrary: fc.constant<Edit[]>([{ put: unreadable }]) },
  ),
});

export function apply(state: State, edits: readonly Edit[]): State {
  const files = new Map(Object.entries(state));
  for (const one of edits) {
    if ('move' in one) {
      const [from, to] = one.move;
      const content = files.get(from);
      if (content === undefined) continue;
      files.delete(from);
      put(files, to, content);
    } else {
      for (const [path, content] of Object.entries(one.put)) put(files, path, content);
    }
  }
  return Object.fromEntries(files);
}

/** A path holds a file or a folder: whatever stands in the way of a new file goes. */
function put(files: Map<string, Exclude<Content, null>>, path: string, content: Content): void {
  files.delete(path);
  if (content === null) return;
  for (const other of [...files.keys()]) {
    if (other.startsWith(`${path}/`) || path.startsWith(`${other}/`)) files.delete(other);
  }
  files.set(path, content);
}

/**
 * What has to be written (null: removed) to come from one state to another; removals first. Where a file takes the place
 * of a folder it takes what lies in it away: git cannot be asked for a path beyond a link.
 */
export function difference(from: State, to: State): Files {
  const isReplaced = (path: string) => Object.keys(to).some((other) => path.startsWith(`${other}/`));
  const gone = Object.keys(from).filter((path) => !(path in to) && !isReplaced(path));
  const written = Object.entries(to).filter(([path, content]) => !same(from[path], content));
  return { ...Object.fromEntries(gone.map((path) => [path, null])), ...Object.fromEntries(written) };
}

function same(a: Content | undefined, b: Content): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
