import { expect, it } from 'vitest';
import { binFolder, run, withCli } from '../kit/cli.js';
import { exampleRepo } from '../kit/example.js';
import { exec, type Repo } from '../kit/repo.js';

interface Document {
  ok: boolean;
  answers: { about: string; state: string; says: string; mend: string | null }[];
}

function doctor(r: Repo): Document & { code: number } {
  const result = run(r.dir, ['doctor', '--json'], { env: r.env });
  return { code: result.code, ...(result.json() as Document) };
}
const about = ({ answers }: Document, what: string) => answers.filter((answer) => answer.about === what);

it('is content where hooks, policy and environments are in order', () => {
  const r = withCli(exampleRepo());
  expect(doctor(r)).toMatchObject({ code: 1, ok: false });
  run(r.dir, ['install'], { env: r.env });
  const well = doctor(r);
  expect(well.answers.filter(({ state }) => state === 'missing')).toMatchObject(
    // Targets that this machine cannot reach are said so, each by its name.
    well.answers.filter(({ about }) => ['env dev', 'env stage', 'env prod'].includes(about)),
  );
  expect(about(well, 'hooks')).toMatchObject([{ state: 'ok' }]);
  expect(about(well, 'env local')).toMatchObject([{ state: 'ok' }]);
  expect(run(r.dir, ['doctor'], { env: r.env }).stdout).toContain('✔ hooks');
});

it('a hook that lost its mode is missing, for git runs it no more', () => {
  const r = withCli(exampleRepo());
  run(r.dir, ['install'], { env: r.env });
  const text = r.read('.git/hooks/pre-push');
  r.remove('.git/hooks/pre-push').write({ '.git/hooks/pre-push': text });
  const [hooks] = about(doctor(r), 'hooks');
  expect(hooks).toEqual({
    about: 'hooks',
    state: 'missing',
    says: 'pre-push not installed in this clone',
    mend: 'Run: layer-policy install',
  });
});

it('hooks that will not find the program are noted', () => {
  const r = exampleRepo();
  run(r.dir, ['install'], { env: r.env });
  expect(about(doctor(r), 'hooks')).toMatchObject([
    { state: 'ok' },
    { state: 'note', mend: expect.stringMatching(/^Run: npm install/) },
  ]);
});

it('a broken policy is an answer, and the rest is asked all the same', () => {
  const r = exampleRepo().commit('break it', { '.layerpolicyrc.json': '{ "layers": 7 }' });
  const found = doctor(r);
  expect(about(found, 'policy')).toMatchObject([{ state: 'missing' }]);
  expect(about(found, 'git')).toMatchObject([{ state: 'ok' }]);
});

it('runs no program of the repository, whatever PATH says', () => {
  const python = exec('#!/bin/sh\ntouch ran\necho Python 3.11\n');
  const r = exampleRepo().write({ 'python3.11': python, 'bin/python3.11': python });
  const env = { ...r.env, PATH: `.:bin:${binFolder()}:/usr/bin:/bin` };
  run(r.dir, ['doctor'], { env });
  expect(r.exists('ran')).toBe(false);
});
