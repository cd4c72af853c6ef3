import { beforeAll, describe, expect, it } from 'vitest';
import { formats } from '../../src/report/index.js';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import type { Repo } from '../kit/repo.js';
import { readLine } from './runner.js';
import { problemsOf } from './valid.js';
import { hostileNames } from './verdicts.js';

/** A tree that no work tree could hold everywhere, with these names below `.build/`, and one that is not UTF-8. */
function hostileRepo(names: readonly string[]): Repo {
  const r = exampleRepo();
  const blob = r.feed('x', 'hash-object', '-w', '--stdin');
  const entry = (path: Buffer) => Buffer.concat([Buffer.from(`100644 ${blob}\t.build/`), path, Buffer.from([0])]);
  const paths = [...names.map((name) => Buffer.from(name)), Buffer.from([0x61, 0xff, 0x62])];
  r.feed(Buffer.concat(paths.map(entry)), 'update-index', '-z', '--index-info');
  const tree = r.git('write-tree');
  const commit = r.git('commit-tree', '-p', 'HEAD', '-m', 'names', tree);
  r.git('update-ref', 'refs/heads/develop', commit);
  return r;
}

/** Those that git itself takes as the name of a file. */
const possible = hostileNames.filter(
  (name) =>
    name.length < 4000 &&
    !/\u0000|\p{Surrogate}/u.test(name) &&
    name.split('/').every((part) => !['', '.', '..'].includes(part)),
);

describe('the program itself', () => {
  let r: Repo;
  beforeAll(() => {
    r = hostileRepo(possible);
  });

  it.each(
    Object.keys(formats),
  )('--format %s refuses with a valid report, and speaks to people beside it', async (format) => {
    const { code, stdout, stderr } = run(r.dir, ['check', '--stage', 'all', '--format', format], { env: r.env });
    expect(code).toBe(1);
    expect(await problemsOf[format]?.(stdout)).toEqual([]);
    expect(`${stdout}${stderr}`.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g)).toBeNull();
    expect(stderr).toContain('no-build-commits');
    const file = run(r.dir, ['check', '--stage', 'all', '--format', format, '--output', 'report'], { env: r.env });
    expect([file.code, r.read('report') === stdout]).toEqual([1, true]);
  });

  it('GitHub would annotate the very files', () => {
    const { stdout } = run(r.dir, ['check', '--rule', 'no-build-commits', '--format', 'github'], { env: r.env });
    const files = stdout.split('\n').map((line) => readLine(line)?.properties.file);
    expect(files.filter((file) => file !== undefined).length).toBe(10);
    const one = hostileRepo(['a\nb%0A::c,d']);
    const annotated = run(one.dir, ['check', '--rule', 'no-build-commits', '--format', 'github'], { env: one.env });
    expect(readLine(annotated.stdout.split('\n')[0] ?? '')?.properties.file).toBe('.build/a\nb%0A::c,d');
  });

  it('a code scanner finds the file that is not UTF-8', () => {
    const { stdout } = run(r.dir, ['check', '--format', 'sarif'], { env: r.env });
    expect(stdout).toContain('"uri":".build/a%FFb"');
  });

  it.each(Object.keys(formats))('--format %s shows what a waiver, a skip and a baseline let pass', (format) => {
    const staged = exampleRepo();
    const waivers = [{ rule: 'no-root-arn', file: '*', reason: 'Agreed with the data team', until: '2126-01-31' }];
    const config = JSON.stringify({ ...JSON.parse(staged.read('.layerpolicyrc.json')), waivers });
    staged.stage({ '.layerpolicyrc.json': config, 'core_arn.txt': 'arn', '.build/x': 'x', 'x_arn.zip': 'PK' });
    const skipped = run(staged.dir, ['check', '--stage', 'pre-commit', '--format', format], {
      env: { ...staged.env, LAYER_POLICY_SKIP: 'no-build-commits' },
    });
    for (const reason of ['LAYER_POLICY_SKIP', 'Agreed with the data team']) expect(skipped.stdout).toContain(reason);
    staged.commit('known');
    run(staged.dir, ['check', '--update-baseline'], { env: staged.env });
    staged.git('add', '.layerpolicy-baseline.json');
    staged.commit('accept');
    const known = run(staged.dir, ['check', '--stage', 'all', '--format', format], { env: staged.env });
    expect([known.code, known.stdout.includes('baseline')]).toEqual([0, true]);
  });
});
