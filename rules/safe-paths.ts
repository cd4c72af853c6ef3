import { defineRule, isDisguised, type JudgedPath, noOptions, pathspec } from 'layer-policy/rule';

/**
 * What each reading is, in the order they are told: a path is reported for the first that fits. What git itself lets into
 * no index can be taken out of none.
 */
const readings: readonly (readonly [what: string, fits: (path: JudgedPath) => boolean, inNoIndex?: true])[] = [
  ['is not UTF-8', ({ pathBytes }) => pathBytes !== undefined],
  [
    'has a part "." or "..", or an empty one',
    ({ path }) => path.split('/').some((part) => part === '' || part === '.' || part === '..'),
    true,
  ],
  ['has a part that some systems read as .git', ({ path }) => path.split('/').some(isPlainGit), true],
  ['has a part that some systems read as .git', ({ path }) => path.split('/').some(isGit)],
  ['holds control characters', ({ path }) => /[\u0000-\u001f\u007f-\u009f]/.test(path)],
  [
    'holds characters that reorder or hide text',
    ({ path }) => /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\udb40[\udc00-\udc7f]/.test(path),
  ],
  ['holds a backslash, which is a folder border on Windows', ({ path }) => path.includes('\\')],
  ['holds one of <>:"|?*, which Windows takes in no name', ({ path }) => /[<>:"|?*]/.test(path)],
  [
    'has a part that ends in a dot or a blank, which Windows drops',
    ({ path }) => path.split('/').some((part) => /[. ]$/.test(part)),
  ],
  ['has a part that is a device on Windows', ({ path }) => path.split('/').some((part) => device.test(part))],
  [
    'reads like plain letters and signs, but is made of others (full-width or Cyrillic ones, for instance)',
    ({ path }) => path.split('/').some(isDisguised),
  ],
  ['is longer than 4096 bytes', ({ path }) => path.length > 4096],
];

const remake =
  'No git command makes such a tree. Make the commit anew from the files: git read-tree --empty && git add -A';

const device = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/** `.git` as HFS+ (which ignores some characters) and NTFS (short names, streams, trailing dots) read it too. */
function isGit(part: string): boolean {
  const plain = part.replace(/[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g, '').toLowerCase();
  return /^(\.git|git~\d+)(:.*|[. ]*)$/.test(plain);
}

/** Those that git on every system takes for .git. */
function isPlainGit(part: string): boolean {
  return isGit(part) && /^[ -~]+$/.test(part);
}

export default defineRule({
  id: 'safe-paths',
  title: 'A path is the same path on every system',
  why: 'A name that Windows, macOS or a terminal reads as another one can overwrite files, hide in a review, or break every checkout.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['paths', 'collisions'],
  options: noOptions,
  messages: {
    unsafe: {
      message: 'this path {what}',
      hint: 'Take it out, and add it again under a name of plain letters: git rm --cached -- {spec}',
    },
    impossible: {
      message: 'this path {what}',
      hint: remake,
    },
    collision: {
      message: 'differs from "{other}" only in case or accents; some systems keep one of the two',
      hint: 'Rename one of them',
    },
    twice: {
      message: 'stands twice in its folder; which of the two is read is a guess',
      hint: remake,
    },
  },
  *check({ paths, collisions }) {
    for (const judgedPath of paths.odd()) {
      const reading = readings.find(([, fits]) => fits(judgedPath));
      if (reading === undefined) continue;
      const { path, pathBytes, commit } = judgedPath;
      const [what, , inNoIndex] = reading;
      const message = inNoIndex ? 'impossible' : 'unsafe';
      yield { message, file: path, pathBytes, commit, data: { what, spec: pathspec(path, pathBytes) } };
    }
    for (const { path, other } of collisions) {
      yield { message: path === other ? 'twice' : 'collision', file: path, about: other, data: { other } };
    }
  },
});
