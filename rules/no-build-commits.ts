import { defineRule, noOptions, pathspec } from 'layer-policy/rule';

const management = 'layer_management/';
const buildLines = ['/.build/*', '!/.build/README.md'];
const archiveLines = ['!/layer_management/archive/', '!/layer_management/archive/**'];

export default defineRule({
  id: 'no-build-commits',
  title: 'Nothing under .build/ is committed',
  why: 'What is built can be built again from its commit; a committed copy drifts from its source and is deployed by mistake.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['paths', 'unignored', 'hidden'],
  options: noOptions,
  messages: {
    committed: {
      message: 'under .build/, where only README.md may be committed',
      hint: 'Take it out of the commit, keeping the file: git rm -r --cached -- {spec}',
      fixable: true,
    },
    link: {
      message: '.build is a {kind}; it must be a plain folder that git ignores',
      hint: 'Take it out of the commit: git rm --cached -- {spec}',
    },
    notIgnored: {
      message: '.build/ is not ignored as a whole: git add . would commit {example}{more}',
      hint: `Add both lines at the end: printf '\\n/.build/*\\n!/.build/README.md\\n' >> "$(git rev-parse --show-toplevel)/.gitignore"`,
      fixable: true,
    },
  },
  *check({ paths, unignored, hidden }) {
    for (const { path, pathBytes, mode, commit } of paths.below('.build')) {
      if (path.includes('/')) {
        if (path === '.build/README.md') continue;
        const fix = { kind: 'untrack' } as const;
        yield { message: 'committed', file: path, pathBytes, commit, fix, data: { spec: pathspec(path, pathBytes) } };
      } else if (mode === '120000' || mode === '160000') {
        const kind = mode === '120000' ? 'symbolic link' : 'submodule';
        yield { message: 'link', file: path, commit, data: { kind, spec: pathspec(path) } };
      }
    }
    const [example] = unignored;
    if (example !== undefined) {
      const more = unignored.length > 1 ? ` and ${unignored.length - 1} more` : '';
      // Whoever lacks these lines often hides every zip; what releases archive has to stay visible.
      const archive = hidden.length > 0 ? archiveLines : [];
      const lines = [...buildLines, ...(hidden.includes(management) ? [`!/${management}`] : []), ...archive];
      const fix = { kind: 'append', lines } as const;
      yield { message: 'notIgnored', file: '.gitignore', fix, data: { example, more, unignored } };
    }
  },
});
