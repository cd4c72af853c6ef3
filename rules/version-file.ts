import {
  defineRule,
  describeProblem,
  type Fix,
  fromTop,
  isVersion,
  noOptions,
  pathspec,
  shellWord,
  textFlaws,
} from 'layer-policy/rule';

export default defineRule({
  id: 'version-file',
  title: 'VERSION can be read in one way only',
  why: 'Shell, Python and this tool must read the same version from it; a duplicate key or a missing newline builds the wrong one.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['versionFile'],
  options: noOptions,
  messages: {
    missing: {
      message: 'there is no {file}, and the policy declares {names}',
      hint: `Make one: ${fromTop("printf '{lines}' > {word} && git add -- {spec}")}`,
    },
    format: {
      message: '{what}',
      fixable: true,
      hint: 'Lines are KEY=value, # comments or blank; LF, a newline at the end. See: layer-policy explain version-file',
    },
    noKey: {
      message: '{key}, the version of {name}, is missing',
      hint: 'Run: layer-policy bump {name} 0.1.0 && git add -- {spec}',
    },
    noVersionedKey: {
      message: '{key} is missing, so nothing says when what is versioned under it changed',
      hint: 'Run: layer-policy bump {key} 1.0 && git add -- {spec}',
    },
    notAVersion: { message: '{key}={value} is not MAJOR.MINOR.PATCH', hint: 'Write three plain numbers: {key}=1.2.3' },
  },
  *check({ versionFile: { path, exists, problems, declared, missingVersioned } }) {
    const word = shellWord(path);
    const spec = pathspec(path);
    if (!exists) {
      const names = [...declared.map(({ name }) => name), ...missingVersioned].join(', ');
      if (names === '') return;
      const lines = [...new Set([...declared.map(({ key }) => key), ...missingVersioned])]
        .map((key) => `${key}=0.1.0\\n`)
        .join('');
      yield { message: 'missing', file: path, data: { file: path, names, lines, word, spec } };
      return;
    }
    for (const problem of problems) {
      const about = `${problem.problem} ${problem.key ?? problem.text ?? ''}`;
      const flaw = textFlaws.find((one) => one === problem.problem);
      const fix: Fix | undefined = flaw && { kind: 'normalize', flaw };
      yield { message: 'format', file: path, line: problem.line, about, fix, data: { what: describeProblem(problem) } };
    }
    for (const { name, key, value, line } of declared) {
      const about = key;
      // A line that could not be read may hold the key; the format finding says so already.
      if (value === null && problems.length === 0)
        yield { message: 'noKey', file: path, layer: name, about, data: { key, name, spec } };
      else if (value !== null && !isVersion(value))
        yield { message: 'notAVersion', file: path, line, layer: name, about, data: { key, value } };
    }
    for (const key of problems.length === 0 ? missingVersioned : [])
      yield { message: 'noVersionedKey', file: path, about: key, data: { key, spec } };
  },
});
