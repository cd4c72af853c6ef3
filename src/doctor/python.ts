import { type Answer, type Check, missing, note, ok } from './check.js';

/** Interpreters are needed by `validate --import` and `invoke --env local` alone; pip or uv by requirements layers. */
export const python: Check = async ({ programs }, declarations) => {
  const layers = Object.values(declarations?.layers ?? {});
  const runtimes = [...new Set(layers.flatMap(({ runtimes }) => runtimes))].sort();
  const answers: Answer[] = [];
  for (const runtime of runtimes) {
    const said = await programs.version(runtime);
    const version = runtime.replace('python', '');
    answers.push(
      said === null
        ? note(runtime, 'not on PATH: nothing here can import what is built for it', `uv python install ${version}`)
        : ok(runtime, said),
    );
  }
  if (layers.some(({ build }) => build === 'requirements')) answers.push(await installer(programs));
  return answers;
};

async function installer({ version }: Parameters<Check>[0]['programs']): Promise<Answer> {
  for (const name of ['uv', 'pip3', 'pip']) {
    const said = await version(name);
    if (said !== null) return ok('packages', said);
  }
  return missing(
    'packages',
    'neither uv nor pip is on PATH; requirements layers are built with one',
    'pipx install uv',
  );
}
