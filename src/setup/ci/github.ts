import { type CiAccount, missingProfile, profileLine, roleVariable } from './accounts.js';
import type { CiEnvironment, CiFacts } from './facts.js';
import { archiveLine, linesFor, program, quoted, userMail, userName } from './lines.js';

const folder = '.github/workflows';

/** One workflow to judge, which may only read; where there is somewhere to release or to archive to, one for each. */
export function githubFiles(facts: CiFacts): { path: string; text: string }[] {
  const { environments, archive } = facts;
  return [
    { path: `${folder}/layer-policy.yml`, text: check(facts) },
    ...(environments.length > 0 ? [{ path: `${folder}/layer-release.yml`, text: release(facts) }] : []),
    ...(archive === null ? [] : [{ path: `${folder}/layer-archive.yml`, text: monthly(facts, archive) }]),
  ];
}

function check(facts: CiFacts): string {
  const { prepare, call } = program(facts);
  return `# What the hooks judge, once more for those who passed them. From layer-policy init; yours to change.
name: layer-policy
on:
  push:
  pull_request:
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          # Versions are compared with the base branch, so the history is needed.
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
${[...prepare, `${call} check --format github`].map((line) => `      - run: ${line}\n`).join('')}`;
}

function release(facts: CiFacts): string {
  const { environments } = facts;
  const options = environments.flatMap(linesFor).map((line) => `          - ${line}\n`);
  const jobs = environments.map((environment) => {
    const lines = linesFor(environment);
    const runs = lines.map((line) => ({ line, only: `inputs.run == '${line}'` }));
    return job(facts, `to-${environment.name}`, environment, runs);
  });
  return `# Releases by hand: Actions, layer-release, Run workflow. From layer-policy init; yours to change.
# The role of each environment is its variable LAYER_ROLE (Settings, Environments), and trusts that environment alone.
name: layer-release
on:
  workflow_dispatch:
    inputs:
      run:
        description: What to do
        type: choice
        required: true
        options:
${options.join('')}${permissions}jobs:
${jobs.join('')}`;
}

function monthly(facts: CiFacts, archive: CiEnvironment): string {
  return `# Old months of layer_management/archive go to the archive bucket. From layer-policy init; yours to change.
name: layer-archive
on:
  schedule:
    # The second of each month; by then the month before is over everywhere.
    - cron: '17 4 2 * *'
  workflow_dispatch:
${permissions}jobs:
${job(facts, 'archive', archive, [{ line: archiveLine, only: null }])}`;
}

/** Records are commits and tags, so contents are written; the token is for the role. One writes at a time. */
const permissions = `permissions:
  contents: write
  id-token: write
concurrency:
  group: layer-policy-writes
  cancel-in-progress: false
`;

function job(
  facts: CiFacts,
  id: string,
  { name, region, accounts = [] }: CiEnvironment,
  runs: readonly { line: string; only: string | null }[],
): string {
  const { prepare, call } = program(facts);
  const only = runs.flatMap((run) => run.only ?? []);
  const ref = facts.branch === null ? '' : `          ref: ${quoted(facts.branch)}\n`;
  const steps = runs.map((run) => {
    const when = run.only === null ? '' : `        if: ${run.only}\n`;
    return `      - run: ${call} ${run.line} --yes --push\n${when}`;
  });
  return `  ${id}:
${only.length === 0 ? '' : `    if: ${only.join(' || ')}\n`}    runs-on: ubuntu-latest
    environment: ${quoted(name)}
    steps:
      - uses: actions/checkout@v4
        with:
          # The record is made on a branch, from the whole history.
${ref}          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: \${{ vars.LAYER_ROLE }}
          aws-region: ${region === undefined ? `\${{ vars.AWS_REGION }}` : quoted(region)}
${accounts.map(otherAccount).join('')}      - run: git config user.name ${userName} && git config user.email ${userMail}
${prepare.map((line) => `      - run: ${line}\n`).join('')}${steps.join('')}`;
}

function otherAccount(account: CiAccount): string {
  if (account.profile === null) return `      ${missingProfile(account)}\n`;
  const variable = roleVariable(account);
  return `      # ${account.target} is in another account: ${variable} is a role there, which trusts the role above.
      - run: ${profileLine(account, variable, 'credential_source = Environment')}
        env:
          ${variable}: \${{ vars.${variable} }}
`;
}
