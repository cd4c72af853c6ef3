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
});

describe.each(['pretty', ...Object.keys(formats)])('--format %s', (format) => {
  /** Quotes and dots of a sentence, as no format writes them otherwise. */
  const words = (text: string) => text.replaceAll('`', '').replaceAll('&apos;', "'");
  const waiver = { rule: 'no-root-arn', file: 'core_*', reason: 'Agreed with the data team', until: '2126-01-31' };
  const old = { rule: 'no-root-arn', file: 'gone_arn.txt', reason: 'Until the move', until: '2020-01-01' };

  function governed(...waivers: object[]): Repo {
    const r = exampleRepo();
    return r.commit('policy', {
      '.layerpolicyrc.json': JSON.stringify({ ...JSON.parse(r.read('.layerpolicyrc.json')), waivers }),
    });
  }

  it('shows what a waiver and a skip let pass, until when, and what is wrong with them', () => {
    const r = governed(waiver, old).stage({ 'core_arn.txt': 'arn', '.build/x': 'x' });
    const { code, stdout } = run(r.dir, ['check', '--stage', 'pre-commit', '--format', format], {
      env: { ...r.env, LAYER_POLICY_SKIP: 'no-build-commits,semver-namin' },
    });
    const said = words(stdout);
    expect([code, said]).toEqual([0, expect.stringContaining('Agreed with the data team')]);
    expect(said).toContain('2126-01-31');
    expect(said).toContain('LAYER_POLICY_SKIP: not enforced here: no-build-commits.');
    expect(said).toContain("there is no rule 'semver-namin'. Did you mean 'semver-naming'?");
    expect(said).toContain('The waiver of no-root-arn for gone_arn.txt ended on 2020-01-01.');
  });

  it('shows what a baseline lets pass, and what is left over of it', () => {
    const r = governed().commit('known', { '.build/x': 'x', 'x_arn.txt': 'x' });
    run(r.dir, ['check', '--update-baseline'], { env: r.env });
    r.commit('accept', { '.layerpolicy-baseline.json': r.read('.layerpolicy-baseline.json') });
    const all = run(r.dir, ['check', '--format', format], { env: r.env });
    expect([all.code, words(all.stdout)]).toEqual([0, expect.stringMatching(/\bbaseline\b/)]);
    expect(all.stdout).toContain('no-build-commits');
    r.commit('mend', { 'x_arn.txt': null });
    const { code, stdout } = run(r.dir, ['check', '--format', format], { env: r.env });
    expect(code).toBe(0);
    expect(words(stdout)).toContain('what 1 entry of .layerpolicy-baseline.json let pass');
  });

  it('says that a skip has no effect in CI, and refuses', () => {
    const r = governed(old).commit('bad', { '.build/x': 'x' });
    const { code, stdout } = run(r.dir, ['check', '--from', 'HEAD~1', '--format', format], {
      env: { ...r.env, LAYER_POLICY_SKIP: 'no-build-commits' },
    });
    expect([code, words(stdout)]).toEqual([
      1,
      expect.stringContaining('LAYER_POLICY_SKIP has no effect at this stage'),
    ]);
    expect(words(stdout)).toContain('the waiver of no-root-arn for gone_arn.txt ended on 2020-01-01');
  });
});
