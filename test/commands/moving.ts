import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../kit/cli.js';
import { pythonPath, runtime } from '../kit/python.js';
import { type Repo, repo } from '../kit/repo.js';

/** Two layers, two functions that use them, and three environments in folders, each promoted from the one before. */

const layer = (name: string) => ({
  build: 'source',
  source: `src/${name}`,
  versionKey: name.toUpperCase(),
  layerName: `acme-${name}-{env}`,
  runtimes: [runtime],
});

const handler = (layerName: string) => ({
  source: `lambdas/${layerName}_user`,
  versionKey: `${layerName.toUpperCase()}_USER`,
  functionName: `acme-${layerName}-user-{env}`,
  layers: layerName === 'core' ? ['core'] : ['core', 'extra'],
  events: { call: 'events/call.json' },
  smoke: [{ event: 'call', expect: { statusCode: 200 } }],
});

const source = (text: string) => `def handler_of():\n    return 1\n\n\n${text}`;
const lambda = [
  'import core',
  '',
  '',
  'def lambda_handler(event, context):',
  '    return {"statusCode": core.status, "saw": core.name, "event": event}',
  '',
].join('\n');

export const versions = (core: string, extra = '1.0.0', user = '1.0.0') =>
  `CORE=${core}\nEXTRA=${extra}\nCORE_USER=${user}\nEXTRA_USER=1.0.0\n`;

export const core = (name: string, status: number | string = 200) => ({
  'src/core/__init__.py': source(`name = "${name}"\nstatus = ${status}\n`),
});

export function governed(): Repo {
  const made = repo().commit('init', {
    '.layerpolicyrc.json': JSON.stringify({
      baseBranch: 'develop',
      layers: { core: layer('core'), extra: layer('extra') },
      functions: { 'core-user': handler('core'), 'extra-user': handler('extra') },
      environments: {
        dev: { target: 'local' },
        stage: { target: 'local', promoteFrom: 'dev' },
        prod: { target: 'local', promoteFrom: 'stage' },
      },
    }),
    '.gitignore': '/.build/\n',
    VERSION: versions('1.0.0'),
    ...core('one'),
    'src/extra/__init__.py': 'y = 1\n',
    'lambdas/core_user/handler.py': lambda,
    'lambdas/extra_user/handler.py': lambda,
    'events/call.json': '{"id": 1}\n',
  });
  return made.with({ PATH: pythonPath(made.env.PATH) });
}

export const layerPolicy = (on: Repo, ...args: string[]) => run(on.dir, args, { env: on.env });

/** It has to end well; its document. */
export function done(on: Repo, ...args: string[]) {
  const result = layerPolicy(on, ...args, '--json');
  if (result.code !== 0) throw new Error(`${args.join(' ')}: ${result.code}\n${result.stdout}\n${result.stderr}`);
  return result.json() as Record<string, never> & { steps: { kind: string; state: string }[] };
}

/** It has to fail: exit code and what failed. */
export function failed(on: Repo, ...args: string[]): [number, string] {
  const result = layerPolicy(on, ...args, '--json');
  return [result.code, (result.json() as { error?: { code: string } }).error?.code ?? ''];
}

export const manifest = (on: Repo, name = 'core') =>
  JSON.parse(on.git('show', `HEAD:layer_management/active/${name}/manifest.json`));

/** What a function of an environment runs now. */
export function runs(on: Repo, environment: string, name = 'core-user') {
  const folder = join(on.dir, `.build/registry/${environment}/functions/acme-${name}-${environment}`);
  const revisions = readdirSync(folder).filter((file) => /^\d+\.json$/.test(file));
  const newest = Math.max(...revisions.map((file) => Number.parseInt(file, 10)));
  const { layers, code } = JSON.parse(readFileSync(join(folder, `${newest}.json`), 'utf8'));
  return { layers: layers.map((arn: string) => arn.split(':').slice(-2).join(':')), code: code.key, changes: newest };
}

/** What a function answers. */
export function says(on: Repo, environment: string, name = 'core-user') {
  const document = done(on, 'invoke', name, '--env', environment) as unknown as { calls: { payload: unknown }[] };
  return document.calls[0]?.payload;
}

/** How many versions of a layer there are in an environment. */
export function published(on: Repo, environment: string, name = 'core'): number {
  const folder = `.build/registry/${environment}/versions/acme-${name}-${environment}`;
  return on.exists(folder) ? readdirSync(join(on.dir, folder)).length : 0;
}

/** Raises core. */
export const raise = (on: Repo, version: string, name: string, status: number | string = 200) =>
  on.commit(`core ${version}`, { VERSION: versions(version), ...core(name, status) });
