import { defineRule, fromTop, pathspec, shellWord } from 'layer-policy/rule';

export default defineRule({
  id: 'pinned-requirements',
  title: 'What a layer is built from is named exactly',
  why: 'A requirement that leaves its version or its origin open gives another layer tomorrow under the version of today.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['requirements'],
  options: {
    schema: { hashes: { type: 'boolean', description: 'every requirement has its hashes (a lock)' } },
    defaults: { hashes: false },
    stricter: { hashes: 'higher' },
  },
  messages: {
    missing: {
      message: 'this file is not there, and {layer} is built from it',
      hint: 'Commit it: git add -- {spec}; or correct "source" of {layer} in the policy',
    },
    unpinned: {
      message: '{asked} may be another version tomorrow',
      hint: 'Write the one you tested, {name}==X.Y.Z (installed here: python3 -m pip show {name}), or have all written: {pin}',
    },
    noHash: {
      message: '{name} has no hash, and {why}',
      hint: 'Have all hashes written: {lock}',
    },
    index: {
      message: '{what} takes packages from elsewhere than every build does',
      hint: "Where packages come from is the machine's setting. Take it out: {remove}",
    },
    url: {
      message: '{what} is taken from an address or a folder, where other bytes can lie tomorrow',
      hint: 'Name a release of the index, name==X.Y.Z, or take it out: {remove}',
    },
    editable: {
      message: '{what} installs a work tree, which no commit pins',
      hint: 'Make a layer of it with "build": "source", and take it out here: {remove}',
    },
    include: {
      message: '{what} brings in another file, and a change in that file would raise no version',
      hint: 'Put its lines here, then take this one out: {remove}',
    },
    option: {
      message: '{what} is no option a layer is built with',
      hint: 'Take it out: {remove}',
    },
    unreadable: {
      message: '{what}',
      hint: 'Lines are name==1.2.3, with --hash=sha256:… where locked, # comments or blank. See: layer-policy explain pinned-requirements',
    },
  },
  *check({ requirements: files }, { hashes }) {
    for (const { layer, path, exists, requirements, requireHashes, hasLock, problems } of files) {
      if (!exists) {
        yield { message: 'missing', file: path, layer, data: { layer, spec: pathspec(path) } };
        continue;
      }
      const word = shellWord(path);
      for (const { kind, what, line, lastLine } of problems) {
        const lines = line === lastLine ? `${line}` : `${line},${lastLine}`;
        const remove = line === null ? '' : fromTop(`sed -i.bak '${lines}d' -- ${word} && rm -- ${word}.bak`);
        yield { message: kind, file: path, line, layer, about: what, data: { what, remove } };
      }
      const isLocked = requirements.some((requirement) => requirement.hashes.length > 0);
      const why = hashes
        ? 'the policy asks for a lock'
        : requireHashes
          ? '--require-hashes asks for one'
          : isLocked && 'pip takes a file with hashes only when all have one';
      for (const { name, specifier, version, hashes: own, line } of requirements) {
        const place = { file: path, line, layer, about: name };
        const asked = `${name}${specifier}`.slice(0, 100);
        if (version === null)
          yield {
            message: 'unpinned',
            ...place,
            data: { name, asked, pin: fromTop(`uv pip compile ${word} -o ${word}`) },
          };
        if (why && !hasLock && own.length === 0)
          yield {
            message: 'noHash',
            ...place,
            data: { name, why, lock: `layer-policy lock ${shellWord(layer)}` },
          };
      }
    }
  },
});
