import { asRead, defineRule, pathspec } from 'layer-policy/rule';

const word = /(^|[-_.])arn([-_.]|$)/;
const layerArn = /arn:aws[a-z-]*:lambda:[a-z0-9-]*:\d{12}:layer:[\w-]+/i;

export default defineRule({
  id: 'no-root-arn',
  title: 'ARNs are recorded in manifests, not in files of the root folder',
  why: 'A copied ARN is stale after the next release; the manifest of the layer is written by the release itself.',
  severity: 'error',
  stages: ['pre-commit', 'pre-push', 'ci', 'release', 'all'],
  facts: ['paths', 'rootTexts'],
  skip: ({ contents }) => (contents ? [] : ['rootTexts']),
  options: {
    schema: { contents: { type: 'boolean', description: 'also refuse layer ARNs inside other root files' } },
    defaults: { contents: false },
    stricter: { contents: 'higher' },
  },
  messages: {
    file: {
      message: 'an ARN file in the root folder',
      hint: 'Remove it: git rm -f -- {spec}; the ARN belongs in layer_management/active/<layer>/manifest.json, as aws_arn_<env>',
    },
    content: {
      message: 'a layer ARN in a file of the root folder',
      hint: 'Take it out of {path} and read it from layer_management/active/<layer>/manifest.json instead',
    },
  },
  *check({ paths, rootTexts }) {
    for (const { path, pathBytes, commit } of paths.inRoot()) {
      const read = asRead(path);
      if (!read.endsWith('.txt') || !word.test(read.slice(0, -'.txt'.length))) continue;
      yield { message: 'file', file: path, pathBytes, commit, data: { spec: pathspec(path, pathBytes) } };
    }
    for (const { path, text } of rootTexts) {
      const line = text.split('\n').findIndex((content) => layerArn.test(content));
      if (line !== -1) yield { message: 'content', file: path, line: line + 1, data: { path } };
    }
  },
});
