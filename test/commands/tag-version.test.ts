import { describe, expect, it } from 'vitest';
import { run } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { type Repo, repo } from '../kit/repo.js';

const zero = '0'.repeat(40);
const tag = 'inbox-core-v1.0.0';

interface Found {
  rule: string;
  file: string;
  layer: string;
  message: string;
}

function check(r: Repo, args: string[], options: { env?: Record<string, string>; stdin?: string } = {}) {
  const all = ['check', '--json', '--now', '2026-01-31', ...args];
  const { code, json, stderr } = run(r.dir, all, { ...options, env: { ...r.env, ...options.env } });
  const { findings = [], notices = [] } = json() as { findings: Found[]; notices: string[] };
  const told = findings.filter(({ rule }) => rule === 'tag-version').map(({ message }) => message);
  return { code, told, notices, stderr };
}

/** Pushes lines `<local> <oid> <remote ref> <remote oid>`. */
function push(r: Repo, ...lines: string[]) {
  return check(r, ['--stage', 'pre-push', 'origin', 'url'], { stdin: lines.map((line) => `${line}\n`).join('') });
}

function tagged(r = exampleRepo(), name = tag): Repo {
  r.git('tag', '-a', name, '-m', 'released');
  return r;
}

const line = (r: Repo, name = tag, was = zero) =>
  `refs/tags/${name} ${r.git('rev-parse', `refs/tags/${name}`)} refs/tags/${name} ${was}`;

describe('a pushed tag', () => {
  it('of a release passes, and so does one that names none', () => {
    const r = tagged(tagged(), 'mark');
    r.git('tag', 'inbox-core-vnext');
    expect(push(r, line(r), line(r, 'mark'), line(r, 'inbox-core-vnext'))).toMatchObject({ code: 0, told: [] });
  });

  it('must say what VERSION says at its commit, by the policy of that commit', () => {
    const r = tagged(exampleRepo(), 'inbox-core-v1.0.1');
    expect(push(r, line(r, 'inbox-core-v1.0.1'))).toMatchObject({
      code: 1,
      told: [`inbox-core-v1.0.1 says 1.0.1, but INBOX_CORE_VERSION is 1.0.0 at ${r.head().slice(0, 12)}`],
    });
    const moved = JSON.parse(r.read('.layerpolicyrc.json'));
    moved.layers['inbox-core'].versionKey = 'CORE';
    tagged(r).commit('rename', { '.layerpolicyrc.json': JSON.stringify(moved), VERSION: 'CORE=9.0.0\n' });
    expect(push(r, line(r)).told).toEqual([]);
    expect(push(tagged(r, 'inbox-core-v9.0.1'), line(r, 'inbox-core-v9.0.1')).told).toEqual([
      expect.stringContaining('CORE is 9.0.0 at'),
    ]);
  });

  it('must be annotated, whatever it is called here', () => {
    const r = exampleRepo();
    r.git('tag', tag);
    expect(push(r, line(r)).told).toEqual([expect.stringContaining('no annotated tag')]);
    expect(push(r, `HEAD ${r.head()} refs/tags/${tag} ${zero}`).told).toEqual([
      expect.stringContaining('no annotated tag'),
    ]);
    const nested = tagged(tagged(exampleRepo(), 'inner'), 'x');
    nested.git('tag', '-a', tag, '-m', 'of a tag', 'inner');
    expect(push(nested, line(nested)).told).toEqual([]);
  });

  it('must not move, not even to another tag of the same commit, nor go', () => {
    const r = tagged();
    const was = r.git('rev-parse', tag);
    r.git('tag', '-f', '-a', tag, '-m', 'again');
    expect(push(r, line(r, tag, was)).told).toEqual([
      expect.stringContaining(`released already as ${was.slice(0, 12)}`),
    ]);
    expect(push(r, line(r, tag, r.git('rev-parse', tag))).told).toEqual([]);
    expect(push(r, `(delete) ${zero} refs/tags/${tag} ${was}`)).toMatchObject({
      code: 1,
      told: [expect.stringContaining('would be taken away')],
    });
    expect(push(r, `(delete) ${zero} refs/tags/mark ${was}`, `(delete) ${zero} refs/heads/x ${was}`)).toMatchObject({
      code: 0,
      told: [],
    });
  });

  it('must be one of a commit', () => {
    const r = exampleRepo();
    for (const [name, what, form] of [
      ['inbox-core-v1.0.0', 'HEAD:VERSION', 'blob'],
      ['inbox-core-v1.0.1', 'HEAD^{tree}', 'tree'],
    ] as const) {
      r.git('tag', name, r.git('rev-parse', what));
      expect(push(r, line(r, name))).toMatchObject({ code: 1, told: [expect.stringContaining(`leads to a ${form}`)] });
      r.git('tag', '-f', '-a', name, '-m', 'x', r.git('rev-parse', what));
      expect(push(r, line(r, name))).toMatchObject({ code: 1, told: [expect.stringContaining('leads to a')] });
    }
    r.git('tag', 'mark', r.git('rev-parse', 'HEAD:VERSION'));
    expect(push(r, line(r, 'mark'))).toMatchObject({
      code: 0,
      notices: [expect.stringContaining('leads to no commit')],
    });
  });

  it('is judged beside the branch that is pushed with it, once each', () => {
    const r = exampleRepo();
    r.git('tag', tag);
    r.git('tag', 'inbox-core-v2.0.0');
    const head = `refs/heads/develop ${r.head()} refs/heads/develop ${zero}`;
    expect(push(r, head, line(r), line(r, 'inbox-core-v2.0.0')).told).toHaveLength(2);
  });

  it('of a function or with another template is known by it', () => {
    const r = exampleRepo();
    const policy = JSON.parse(r.read('.layerpolicyrc.json'));
    policy.functions.ingest.tag = 'fn/{name}/{version}';
    r.commit('template', { '.layerpolicyrc.json': JSON.stringify(policy) });
    tagged(tagged(r, 'fn/ingest/7.0.0'), 'ingest-v7.0.0');
    expect(push(r, line(r, 'fn/ingest/7.0.0'), line(r, 'ingest-v7.0.0')).told).toEqual([
      expect.stringContaining('fn/ingest/7.0.0 says 7.0.0, but INGEST_VERSION is 1.0.0'),
    ]);
  });

  it('with a hostile name is a name', () => {
    const r = exampleRepo();
    const policy = JSON.parse(r.read('.layerpolicyrc.json'));
    policy.layers['inbox-core'].tag = '{version}';
    r.commit('template', { '.layerpolicyrc.json': JSON.stringify(policy) });
    for (const name of ['-rf', '--upload-pack=x', `$(touch\${IFS}pwned)`, '1.2.3;x', '1.2.3\u202e'])
      expect([name, push(r, `x ${r.head()} refs/tags/${name} ${zero}`).code]).toEqual([name, 0]);
    expect(r.exists('pwned')).toBe(false);
  });

  it('needs a policy to be judged by, and no policy is needed where no tag goes', () => {
    const bare = repo().commit('none', { 'a.txt': 'a' });
    expect(push(bare, `(delete) ${zero} refs/heads/x ${bare.head()}`).code).toBe(0);
    expect(push(bare, `(delete) ${zero} refs/tags/${tag} ${bare.head()}`).code).toBe(2);
  });
});

describe('the tag that CI runs for', () => {
  const env = (vars: Record<string, string>) => ({ CI: 'true', ...vars });
  const gitlab = (name: string) => env({ GITLAB_CI: 'true', CI_COMMIT_TAG: name });

  it('is judged like a pushed one', () => {
    const r = tagged(tagged(), 'inbox-core-v3.0.0');
    r.git('tag', 'inbox-core-v4.0.0');
    expect(check(r, [], { env: gitlab(tag) })).toMatchObject({ code: 0, told: [] });
    expect(check(r, [], { env: gitlab('inbox-core-v3.0.0') }).told).toEqual([expect.stringContaining('says 3.0.0')]);
    expect(check(r, [], { env: gitlab('inbox-core-v4.0.0') }).code).toBe(1);
    expect(check(r, [], { env: gitlab('mark') })).toMatchObject({ code: 0, told: [] });
    expect(check(r, ['--to', 'HEAD'], { env: gitlab('inbox-core-v3.0.0') }).told).toEqual([]);
  });

  it('may be fetched as a commit by GitHub, and then nobody can say whether it is annotated', () => {
    const r = exampleRepo();
    r.git('tag', tag);
    const { code, told, notices } = check(r, [], {
      env: env({ GITHUB_ACTIONS: 'true', GITHUB_REF: `refs/tags/${tag}` }),
    });
    expect([code, told]).toEqual([0, []]);
    expect(notices.join()).toContain(`git fetch --force origin refs/tags/${tag}:refs/tags/${tag}`);
    expect(check(r, [], { env: gitlab(tag) }).told).toEqual([expect.stringContaining('no annotated tag')]);
  });

  it('stands on the judged commit where it is not fetched', () => {
    const r = exampleRepo();
    expect(check(r, [], { env: gitlab('inbox-core-v3.0.0') }).told).toEqual([expect.stringContaining('says 3.0.0')]);
    expect(check(r, [], { env: gitlab(tag) })).toMatchObject({ code: 0, told: [] });
  });
});
