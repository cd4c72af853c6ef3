import { defineRule, noOptions, pathspec } from 'layer-policy/rule';

const active = 'layer_management/active';

export default defineRule({
  id: 'layer-layout',
  title: 'layer_management/active/ holds one folder a released layer or function: manifest.json and README.md',
  why: 'What lies there is read as "in production"; a stray build or an abandoned experiment is deployed by the next reader.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['policy', 'layout'],
  options: noOptions,
  messages: {
    undeclared: {
      message: '"{name}" is not a declared layer or function{holds}',
      hint: 'Take it out: git rm -r --cached -- {spec}, or declare it in the policy. Declared: {declared}',
    },
    strays: {
      message: 'holds {count} that do not belong there: {list}',
      hint: 'Take them out (only manifest.json, README.md and .gitkeep stay): git rm -r --cached -- {specs}',
    },
    noReadme: {
      message: 'has a manifest.json but no README.md',
      hint: 'Say in a few lines what the layer is for: {readme}, then: git add -- {spec}',
    },
    notAFolder: {
      message: 'is a {kind} where a folder belongs, so nothing in it is judged',
      hint: 'Put a folder in its place: git rm --cached -- {spec}',
    },
    experimental: {
      message: 'experiments are kept in branches, not here',
      hint: 'Take the folder out: git rm -r --cached -- :/layer_management/experimental',
    },
  },
  *check({ policy, layout: { active: folders, loose, notFolders, hasExperimental } }) {
    for (const { path, mode } of notFolders) {
      const kind = mode === '120000' ? 'symbolic link' : mode === '160000' ? 'submodule' : 'file';
      yield { message: 'notAFolder', file: path, data: { kind, spec: pathspec(path) } };
    }
    const declared = { ...policy.layers, ...policy.functions };
    for (const { name, hasManifest, hasReadme, others } of folders) {
      const path = `${active}/${name}`;
      if (!Object.hasOwn(declared, name)) {
        const holds = others.length > 0 ? `, and holds ${count(others)}` : '';
        yield {
          message: 'undeclared',
          file: path,
          layer: null,
          data: { name, holds, spec: pathspec(path), declared: Object.keys(declared).join(', ') || 'none' },
        };
      } else if (others.length > 0) {
        yield { message: 'strays', file: path, layer: name, data: strays(path, others) };
      } else if (hasManifest && !hasReadme) {
        yield { message: 'noReadme', file: path, layer: name, data: readme(path) };
      }
    }
    if (loose.length > 0) yield { message: 'strays', file: active, data: strays(active, loose) };
    if (hasExperimental) yield { message: 'experimental', file: 'layer_management/experimental', data: {} };
  },
});

function readme(path: string) {
  return { readme: `${path}/README.md`, spec: pathspec(`${path}/README.md`) };
}

function strays(path: string, others: string[]) {
  const some = others.slice(0, 3);
  const rest = others.length - some.length;
  return {
    count: count(others),
    list: some.join(', ') + (rest > 0 ? ` and ${rest} more` : ''),
    specs: [...new Set(others.map((other) => other.split('/')[0]))]
      .map((part) => pathspec(`${path}/${part}`))
      .join(' '),
  };
}

function count(items: unknown[]): string {
  return `${items.length} ${items.length === 1 ? 'file' : 'files'}`;
}
