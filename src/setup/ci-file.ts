/** Where the repository's CI runs. */
export type CiSystem = 'github' | 'gitlab';

export interface CiFacts {
  system: CiSystem;
  /** package.json names the tool, so npm brings it in the version of its lock. */
  isDependency: boolean;
  /** This tool's version. */
  version: string;
  /** `.gitlab-ci.yml` is somebody else's already. */
  hasPipeline: boolean;
}

/** The file that has CI judge what hooks judge, for those who passed them; `include`: a line that somebody must add. */
export function ciFile(facts: CiFacts): { path: string; text: string; include: string | null } {
  if (facts.system === 'github') {
    return { path: '.github/workflows/layer-policy.yml', text: githubWorkflow(facts), include: null };
  }
  const text = gitlabJob(facts);
  return facts.hasPipeline
    ? { path: '.gitlab/layer-policy.yml', text, include: "include: [{ local: '.gitlab/layer-policy.yml' }]" }
    : { path: '.gitlab-ci.yml', text, include: null };
}

/** By the address of the remote, else by what lies in the repository; null where neither tells. */
export function ciSystem(remote: string | null, has: (path: string) => boolean): CiSystem | null {
  const host = /^(?:\w+:\/\/)?(?:[^@/]*@)?([^:/]+)/.exec(remote ?? '')?.[1] ?? '';
  if (/(^|\.)github\./.test(host)) return 'github';
  if (/(^|\.)gitlab\./.test(host)) return 'gitlab';
  if (has('.github')) return 'github';
  return has('.gitlab-ci.yml') || has('.gitlab') ? 'gitlab' : null;
}

function run({ isDependency, version }: CiFacts): { prepare: string | null; program: string } {
  return isDependency
    ? { prepare: 'npm ci', program: 'npx layer-policy' }
    : { prepare: null, program: `npx --yes layer-policy@${version}` };
}

function githubWorkflow(facts: CiFacts): string {
  const { prepare, program } = run(facts);
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
${prepare === null ? '' : `      - run: ${prepare}\n`}      - run: ${program} check --format github
`;
}

function gitlabJob(facts: CiFacts): string {
  const { prepare, program } = run(facts);
  return `# What the hooks judge, once more for those who passed them. From layer-policy init; yours to change.
layer-policy:
  image: node:22
  variables:
    # Versions are compared with the base branch, so the history is needed.
    GIT_DEPTH: "0"
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS == null
  script:
${prepare === null ? '' : `    - ${prepare}\n`}    - ${program} check --format gitlab --output gl-code-quality.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality.json
`;
}
