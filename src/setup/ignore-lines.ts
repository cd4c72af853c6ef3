/** The lines `.gitignore` needs, so that artefacts stay out of git and the archive and the records of releases stay in. */

export interface IgnoreFacts {
  /** Text of the root's `.gitignore`, null when there is none. */
  text: string | null;
  /** Of `probes`, those that git ignores now, by whatever ignore file. */
  ignored: { has(path: string): boolean };
  /** Files at the root that have to be committed: the policy, VERSION. */
  rootFiles: string[];
}

const artefact = '.build/layers/probe-1.0.0.zip';
const buildReadme = '.build/README.md';
const buildFolder = '.build/';
const management = 'layer_management/';
const archived = ['', '2026-01/', '2026-01/probe-1.0.0.zip', '2026-01/manifest.json', '.gitkeep'].map(
  (path) => `${management}archive/${path}`,
);
const recorded = ['README.md', 'active/.gitkeep', 'active/probe/manifest.json', 'active/probe/README.md'].map(
  (path) => management + path,
);

/** Paths to ask git about: is it ignored? */
export function probes(rootFiles: string[]): string[] {
  return [artefact, buildFolder, management, ...mustShow(rootFiles)];
}

/** Those of `probes` that must not be ignored. */
export function mustShow(rootFiles: string[]): string[] {
  return [buildReadme, ...archived, ...recorded, '.gitignore', ...rootFiles];
}

/**
 * The lines to append; empty when all is well. The last line that matches a path decides, and what is in an ignored
 * folder cannot be taken back, so each folder on the way is taken back first and a group comes whole or not at all.
 */
export function missingLines({ text, ignored, rootFiles }: IgnoreFacts): string[] {
  const present = patterns(text);
  const group = (lines: string[], works: boolean) =>
    works && lines.every((line) => present.includes(line)) ? [] : lines;
  const hidden = (path: string) => ignored.has(path);

  const build = group(['/.build/*', '!/.build/README.md'], hidden(artefact) && !hidden(buildReadme));
  const archive = group(['!/layer_management/archive/', '!/layer_management/archive/**'], !archived.some(hidden));
  const lines = [
    ...(build.length > 0 && hidden(buildFolder) ? ['!/.build/'] : []),
    ...build,
    ...(hidden(management) ? ['!/layer_management/'] : []),
    ...(recorded.some(hidden) ? ['!/layer_management/**'] : []),
    ...archive,
    ...['.gitignore', ...rootFiles].filter(hidden).map((path) => `!/${path}`),
  ];
  // They are the last word here already; another ignore file, nearer to the path, has a later one.
  const closing = present.slice(-lines.length);
  return lines.every((line, i) => closing[i] === line) ? [] : lines;
}

/** What to append to the file's text, in the line ends it has. */
export function linesToAppend(text: string | null, lines: string[]): string {
  const end = text?.includes('\r\n') ? '\r\n' : '\n';
  const gap = text === null || text === '' ? '' : text.endsWith('\n') ? end : end + end;
  const title = '# layer-policy: artefacts are made anew; the archive and the records of releases are kept';
  return gap + [title, ...lines].map((line) => line + end).join('');
}

function patterns(text: string | null): string[] {
  return (text ?? '')
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
