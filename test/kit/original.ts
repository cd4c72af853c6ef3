import type { Story } from './files.js';

/** A repository as the original scripts leave it: ARNs at the root, manifests that nobody filled in. */
export const arn = (layer: string, number: number, env = 'dev') =>
  `arn:aws:lambda:eu-west-3:123456789012:layer:acme-inbox-${layer}-${env}:${number}`;
export const manifestOf = (layer: string, version: string, more: object = {}) =>
  JSON.stringify({
    layer_name: `acme-inbox-${layer}-dev`,
    version,
    git_sha: 'TO_BE_UPDATED',
    git_tag: `v${version}`,
    build_date: '2026-01-31T00:00:00Z',
    build_user: 'system',
    aws_arn_dev: 'TO_BE_UPDATED_AFTER_DEPLOY',
    aws_arn_stage: null,
    size_mb: 0,
    dependencies: { source: 'src_v2/vectora_core/' },
    compatible_runtimes: ['python3.11', 'python3.12'],
    notes: 'à remplir',
    ...more,
  });
export const manifestPath = (layer: string) => `layer_management/active/${layer}/manifest.json`;
export const story: Story = {
  'src_v2/inbox_core/__init__.py': '',
  'src_v2/inbox_core/feed.py': 'def items(event):\n    return event.get("items", [])\n',
  'src_v2/requirements.txt': 'requests==2.31.0\n',
  'src_v2/lambdas/ingest/handler.py':
    'from inbox_core.feed import items\n\n\ndef handler(event, context):\n    return {"count": len(items(event))}\n',
  'scripts/layers/build_all.py': 'print("building")\n',
  'scripts/layers/deploy_layer.py': 'print("deploying")\n',
  VERSION: 'INBOX_CORE_VERSION=1.2.3\nCOMMON_DEPS_VERSION=1.0.5\nINGEST_VERSION=1.5.0\n',
  '.gitignore': '.build/workspace/\n*_layer_arn.txt\n',
  'inbox_core_layer_arn.txt': arn('inbox-core', 28),
  'acme-inbox-common-deps-dev_arn.txt': `${arn('common-deps', 4)}\r\n`,
  [manifestPath('inbox-core')]: manifestOf('inbox-core', '1.2.3'),
  [manifestPath('common-deps')]: manifestOf('common-deps', '1.0.5'),
};
