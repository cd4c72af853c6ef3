import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultLoaders } from 'cosmiconfig';
import { describe, expect, it } from 'vitest';

interface Step {
  uses?: string;
  run?: string;
}
interface Job {
  permissions?: Record<string, string>;
  needs?: string;
  steps: Step[];
}
interface Workflow {
  on: Record<string, { tags?: string[] } | null>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const folder = '.github/workflows';
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  return { name, text, workflow: defaultLoaders['.yaml'](name, text) as Workflow };
});
const { version, scripts } = JSON.parse(readFileSync('package.json', 'utf8'));

describe.each(workflows)('$name', ({ text, workflow }) => {
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  it('runs others by the commit that was looked at, its version beside it', () => {
    const uses = [...text.matchAll(/^\s*- uses: (.*)$/gm)].map(([, what]) => what);
    expect(uses.length).toBe(steps.filter((step) => step.uses !== undefined).length);
    expect(uses.filter((what) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(what ?? ''))).toEqual([]);
  });

  it('may read, holds no secret, and pastes nothing into a script', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(text).not.toContain('secrets.');
    expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
  });

  it('runs what is here', () => {
    const lines = steps.flatMap(({ run = '' }) => run.split('\n'));
    const named = lines.flatMap((line) => /^npm run ([\w:-]+)/.exec(line)?.[1] ?? []);
    expect(named.filter((script) => !Object.hasOwn(scripts, script))).toEqual([]);
    expect(lines).toContain('.ci/run');
  });
});

it('only the release says who it is, on a tag and after the tests, and publishes with provenance', () => {
  const asking = workflows.flatMap(({ name, workflow }) =>
    Object.entries(workflow.jobs).flatMap(([id, job]) => (job.permissions === undefined ? [] : [{ name, id, ...job }])),
  );
  expect(asking).toMatchObject([
    { name: 'release.yml', id: 'publish', needs: 'test', permissions: { contents: 'read', 'id-token': 'write' } },
  ]);
  expect(asking[0]?.steps.at(-1)?.run).toMatch(/^npm publish --provenance .*--ignore-scripts$/);
  expect(workflows.find(({ name }) => name === 'release.yml')?.workflow.on).toEqual({ push: { tags: ['v*'] } });
});

it('the changelog tells of this version, newest first, in the words of Keep a Changelog', () => {
  const headings = readFileSync('CHANGELOG.md', 'utf8')
    .split('\n')
    .filter((line) => /^##+ /.test(line));
  const releases = headings.filter((line) => line.startsWith('## '));
  expect(releases.slice(0, 2)).toEqual([
    '## [Unreleased]',
    expect.stringMatching(new RegExp(`^## \\[${version.replaceAll('.', '\\.')}\\] - \\d{4}-\\d\\d-\\d\\d$`)),
  ]);
  const dates = releases.slice(1).map((line) => line.slice(-10));
  expect(dates).toEqual([...dates].sort().reverse());
  const kinds = headings.filter((line) => line.startsWith('### '));
  expect(kinds.filter((line) => !/^### (Added|Changed|Deprecated|Removed|Fixed|Security)$/.test(line))).toEqual([]);
});
