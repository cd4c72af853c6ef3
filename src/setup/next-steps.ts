import { dependsOn } from '../hooks/hooks.js';
import type { Place } from '../hooks/place.js';
import { pathspec } from '../layer/shell.js';
import type { Env } from '../ports.js';
import { roleVariable } from './ci/accounts.js';
import type { Survey } from './survey.js';

export interface NextStep {
  does: string;
  line: string;
}

/** What is left to people after `init`, each with the line to run. */
export async function nextSteps(env: Env, found: Survey, place: Place | null): Promise<NextStep[]> {
  const { root, layers, functions, writes, versionFile, unwritten } = found;
  const steps: NextStep[] = [];
  const [policy] = writes;
  const husky = place?.kind === 'husky' ? [place.folder] : [];
  const commit = [
    ...writes.filter(({ action }) => action !== 'keep' && action !== 'remove').map(({ path }) => path),
    ...husky,
  ];
  const hasPackages = await env.files.exists(`${root}/package.json`);

  if (layers.length === 0) {
    steps.push({
      does: `No Python package was found to make a layer of. Declare one under "layers" in ${policy?.path}, and its key in ${versionFile}:`,
      line: '"my-layer": { "build": "source", "source": "src/my_layer", "versionKey": "MY_LAYER_VERSION", "layerName": "my-layer-{env}" }',
    });
  } else if (found.proposal !== null) {
    const names = functions.length > 0 ? 'layerName and functionName are guesses' : 'layerName is a guess';
    const rest = found.proposal.environments === undefined ? 'environments' : 'profiles and buckets of environments';
    steps.push({
      does: `Read what was proposed; ${names}, and ${rest} are yours to declare:`,
      line: `$EDITOR ${policy?.path}`,
    });
  }
  if (unwritten.length > 0) {
    steps.push({
      does: `Repair ${versionFile}, then give each of these a line:`,
      line: unwritten.map((key) => `${key}=0.1.0`).join(' '),
    });
  }
  if (hasPackages && !(await dependsOn(env, root, 'layer-policy'))) {
    steps.push({
      does: 'Make it a dependency, and npm install the moment when a clone gets its hooks:',
      line: 'npm install --save-dev layer-policy && npm pkg set scripts.prepare="layer-policy install"',
    });
  } else if (!hasPackages) {
    steps.push({ does: 'In every other clone:', line: 'npm install --global layer-policy && layer-policy install' });
  }
  if (found.include !== null) {
    steps.push({ does: 'Have .gitlab-ci.yml know the new job:', line: found.include });
  }
  steps.push(...roles(found));
  if (commit.length > 0) {
    steps.push({
      does: 'Commit it:',
      line: `git add -- ${(found.ownsManagement ? folded(commit) : commit).map((path) => pathspec(path)).join(' ')} && git commit -m "Govern layers with layer-policy"`,
    });
  }
  steps.push({ does: 'See what the policy says of all that is committed:', line: 'layer-policy check --stage all' });
  if (layers[0] !== undefined) {
    steps.push({ does: 'Rehearse a release, with no account:', line: `layer-policy release ${layers[0]} --env local` });
  }
  return steps;
}

/** What the workflows that write need, and nobody but an owner of the account can give. */
function roles({ writes, ciEnvironments }: Survey): NextStep[] {
  const isNew = writes.some(({ path, action }) => path.endsWith('layer-release.yml') && action === 'create');
  if (!isNew) return [];
  const lines = ciEnvironments.flatMap(({ name, accounts = [] }) =>
    ['LAYER_ROLE', ...accounts.filter(({ profile }) => profile !== null).map(roleVariable)].map(
      (variable) => `gh variable set ${variable} --env ${name} --body arn:aws:iam::ACCOUNT:role/NAME`,
    ),
  );
  return [
    {
      does: 'Give each environment the role that its workflow takes (docs/aws.md has policy and trust):',
      line: lines.join(' && '),
    },
  ];
}

/** A folder that is ours as a whole stands for its files. */
function folded(paths: string[]): string[] {
  const inside = paths.filter((path) => path.startsWith('layer_management/'));
  return [...paths.filter((path) => !inside.includes(path)), 'layer_management'];
}
