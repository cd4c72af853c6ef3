import { describe, expect, it } from 'vitest';
import { readManifest } from '../../src/layer/manifest.js';
import { manifestProblems } from '../../src/layer/manifest-problems.js';
import { examplePolicy } from '../../src/rule/examples.js';

const sha = 'a'.repeat(40);
const arn = (account: string, name = 'acme-inbox-core-dev') => `arn:aws:lambda:eu-west-3:${account}:layer:${name}:4`;

function problems(fields: Record<string, unknown>, policy = examplePolicy) {
  const manifest = {
    layer_name: 'acme-inbox-core-dev',
    version: '1.2.3',
    git_sha: sha,
    build_date: '2026-01-31T10:30:00Z',
    size_mb: 0.1,
    aws_arn_dev: null,
    ...fields,
  };
  const file = readManifest('m', 'inbox-core', new TextEncoder().encode(JSON.stringify(manifest)));
  return manifestProblems(file, policy).map(({ kind, field }) => `${kind} ${field}`);
}

describe('a manifest', () => {
  it('may not lead a rollback to another account or layer', () => {
    const dev = (previous: string) => ({
      aws_arn_dev: arn('123456789012'),
      environments: {
        dev: {
          version: '1.2.3',
          arn: arn('123456789012'),
          sha256: 'b'.repeat(64),
          git_sha: sha,
          published_at: '2026-01-31T10:30:00Z',
          previous: { version: '1.2.2', arn: previous },
        },
      },
    });
    expect(problems(dev(arn('123456789012')))).toEqual([]);
    expect(problems(dev(arn('999999999999')))).toEqual(['arn /environments/dev/previous/arn']);
    expect(problems(dev(arn('123456789012', 'other')))).toEqual(['arn /environments/dev/previous/arn']);
  });

  it('may be of a layer, or from a branch, that has a word in its name which elsewhere holds a place', () => {
    expect(problems({ source_path: 'src/todo-app', git_branch: 'feature/placeholder-images' })).toEqual([]);
    const core = examplePolicy.layers['inbox-core'];
    if (core === undefined) throw new Error('the example has this layer');
    const policy = { ...examplePolicy, layers: { 'inbox-core': { ...core, layerName: 'todo-app-{env}' } } };
    expect(problems({ layer_name: 'todo-app-dev' }, policy)).toEqual([]);
    expect(problems({ git_sha: 'TODO' })).toEqual(['placeholder /git_sha']);
    expect(problems({ git_sha: 'TBD: after the release' })).toEqual(['placeholder /git_sha']);
    expect(problems({ git_sha: 'TO_BE_UPDATED_AFTER_BUILD' })).toEqual(['placeholder /git_sha']);
  });
});
