import { generateKeyPairSync } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { done } from '../commands/moving.js';
import { withCli } from '../kit/cli.js';
import { pythonPath, runtime } from '../kit/python.js';
import { type Repo, repo } from '../kit/repo.js';

const source = (name: string) => ({
  build: 'source',
  source: `src/${name.replaceAll('-', '_')}`,
  versionKey: `${name.replaceAll('-', '_').toUpperCase()}_VERSION`,
  layerName: `${name}-{env}`,
  runtimes: [runtime],
});

const lambda = (name: string, layers: string[]) => ({
  source: `lambdas/${name.replaceAll('-', '_')}`,
  versionKey: `${name.replaceAll('-', '_').toUpperCase()}_VERSION`,
  functionName: `${name}-{env}`,
  layers,
  events: { feed: 'events/feed.json' },
  smoke: [{ event: 'feed', expect: { statusCode: 200 } }],
});

const policy = {
  baseBranch: 'develop',
  versioned: { CANONICAL_VERSION: ['canonical/**'] },
  layers: {
    'inbox-core': source('inbox-core'),
    'vectora-core': source('vectora-core'),
    'common-deps': { ...source('common-deps'), build: 'requirements', source: 'src/requirements.txt' },
  },
  functions: {
    ingest: lambda('ingest', ['inbox-core']),
    'normalize-score-v2': lambda('normalize-score-v2', ['vectora-core']),
  },
  environments: {
    dev: { target: 'local' },
    stage: { target: 'local', promoteFrom: 'dev' },
    prod: { target: 'local', promoteFrom: 'stage' },
  },
};

const versions = (core: string, vectora: string) =>
  [
    `INBOX_CORE_VERSION=${core}`,
    `VECTORA_CORE_VERSION=${vectora}`,
    'COMMON_DEPS_VERSION=1.0.0',
    'INGEST_VERSION=1.0.0',
    'NORMALIZE_SCORE_V2_VERSION=1.0.0',
    'CANONICAL_VERSION=1.0',
    '',
  ].join('\n');

const handler = 'def lambda_handler(event, context):\n    return {"statusCode": 200}\n';

/** A repository in which the names, versions and files that the documents speak of are there, and released. */
export function documentedWorld(packages: string): Repo {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const made = withCli(repo()).commit('begin', {
    '.layerpolicyrc.json': JSON.stringify(policy),
    '.gitignore': '/.build/*\n!/.build/README.md\n!/layer_management/archive/\n!/layer_management/archive/**\n',
    'canonical/a.json': '{}\n',
    'events/feed.json': '{"id": 1}\n',
    'lambdas/ingest/handler.py': handler,
    'lambdas/normalize_score_v2/handler.py': handler,
    'src/requirements.txt': 'plain==1.0\n',
    'src/inbox_core/__init__.py': 'x = 0\n',
    'src/vectora_core/__init__.py': 'x = "1.2.3"\n',
    VERSION: versions('1.0.0', '1.2.3'),
  });
  const world = made.with({ PATH: pythonPath(made.env.PATH), LAYER_POLICY_INDEX_URL: packages });
  world.write({
    'mine.json': '{"id": 2}\n',
    'key.pem': `${privateKey.export({ type: 'pkcs8', format: 'pem' })}`,
    'key.pub.pem': `${publicKey.export({ type: 'spki', format: 'pem' })}`,
  });
  const all = ['inbox-core', 'vectora-core', 'ingest', 'normalize-score-v2'];
  done(world, 'release', ...all, '--env', 'dev');
  for (const [core, vectora] of [
    ['1.1.0', '1.2.3'],
    ['1.2.0', '1.2.3'],
    ['1.2.3', '1.2.4'],
  ] as const) {
    world.commit(`inbox-core ${core}`, {
      'src/inbox_core/__init__.py': `x = "${core}"\n`,
      'src/vectora_core/__init__.py': `x = "${vectora}"\n`,
      VERSION: versions(core, vectora),
    });
    done(world, 'release', 'inbox-core', 'vectora-core', '--env', 'dev');
    done(world, 'promote', '--from', 'dev', '--to', 'stage');
    done(world, 'build', 'inbox-core', '--sign', 'key.pem');
  }
  done(world, 'release', ...all, '--env', 'local');
  world.git('tag', 'v1.2.3');
  const built = (file: string) => join(world.dir, '.build/layers', file);
  for (const [file, copy] of [
    ['inbox-core-1.1.0.zip', 'old.zip'],
    ['inbox-core-1.2.0.zip', 'new.zip'],
    ['inbox-core-1.1.0.zip', 'a.zip'],
    ['inbox-core-1.2.0.zip', 'b.zip'],
    ['inbox-core-1.2.0.zip', 'from-elsewhere.zip'],
    ['vectora-core-1.2.3.zip', 'vectora-core-1.2.3.zip'],
    ['vectora-core-1.2.4.zip', 'vectora-core-1.2.4.zip'],
  ] as const) {
    cpSync(built(file), join(world.dir, copy));
  }
  world.git('init', '-q', '--bare', `${world.dir}.git`);
  world.git('remote', 'add', 'origin', `${world.dir}.git`);
  world.git('push', '-q', 'origin', 'HEAD:main', 'HEAD:develop');
  world.git('fetch', '-q', 'origin');
  done(world, 'install');
  return world;
}
