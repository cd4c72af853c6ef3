import { expect, it } from 'vitest';
import { bench } from './bench.js';
import { scene } from './scene.js';

const moto = bench('moto');
/** `LAYERS=1000 npx vitest run test/aws/monorepo.test.ts`; in a run of all tests fewer. */
const layers = Number(process.env.LAYERS ?? 25);
const releasing = ['release', '--all', '--env', 'dev', '--yes'];

it(
  'of many layers three changed: three are published, and what is asked grows with them alone',
  async () => {
    const { repo, run, aws: _ } = await scene(moto.emulator, moto.proxy);
    const policy = JSON.parse(repo.read('.layerpolicyrc.json'));
    const names = Array.from({ length: layers }, (_, i) => `part-${i}`);
    const declared = names.map((name, i) => [
      name,
      { build: 'source', source: `parts/${name}`, versionKey: `PART_${i}`, layerName: `${name}-{env}` },
    ]);
    Object.assign(policy, { layers: Object.fromEntries(declared), functions: {} });
    const versions = (of: (i: number) => string) => names.map((_, i) => `PART_${i}=${of(i)}\n`).join('');
    const source = (name: string, text: string) => [
      `parts/${name}/${name.replace('-', '_')}/__init__.py`,
      `said = "${text}"\n`,
    ];
    repo.git('rm', '-rq', 'layer_management/active');
    repo.commit('many layers', {
      '.layerpolicyrc.json': `${JSON.stringify(policy, null, 2)}\n`,
      VERSION: versions(() => '1.0.0'),
      ...Object.fromEntries(names.map((name) => source(name, name))),
    });
    const push = () => repo.git('push', '-q', '-f', 'origin', 'HEAD:refs/heads/many-layers');
    push();
    const first = await run(...releasing);
    expect(first.code, first.stdout + first.stderr).toBe(0);
    expect(moto.proxy.count('PublishLayerVersion')).toBe(layers);
    push();

    moto.proxy.log.length = 0;
    expect((await run(...releasing)).code).toBe(0);
    expect(moto.proxy.log.map(({ name }) => name)).toEqual(['GetCallerIdentity']);

    repo.commit('three change', {
      VERSION: versions((i) => (i < 3 ? '1.1.0' : '1.0.0')),
      ...Object.fromEntries(names.slice(0, 3).map((name) => source(name, 'new'))),
    });
    push();
    moto.proxy.log.length = 0;
    const begun = Date.now();
    const ran = await run(...releasing);
    expect(ran.code, ran.stdout + ran.stderr).toBe(0);
    const counts = new Map<string, number>();
    for (const { name } of moto.proxy.log) counts.set(name, (counts.get(name) ?? 0) + 1);
    if (process.env.LAYERS) console.log(layers, Date.now() - begun, 'ms', Object.fromEntries(counts));
    expect(counts.get('PublishLayerVersion')).toBe(3);
    const reads = [...counts].filter(([name]) => /^(Get|Head|List)/.test(name));
    // The same for twenty-five layers and for a thousand.
    expect(reads.reduce((sum, [, count]) => sum + count, 0)).toBeLessThan(60);
    expect(JSON.parse(ran.stdout).released.map(({ name }: { name: string }) => name)).toEqual(names.slice(0, 3));
  },
  60_000 + layers * 2_000,
);
