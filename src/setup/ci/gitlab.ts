import { type CiAccount, missingProfile, profileLine, roleVariable } from './accounts.js';
import type { CiEnvironment, CiFacts } from './facts.js';
import { archiveLine, linesFor, program, quoted, userMail, userName } from './lines.js';

/** One file: the job that judges, and where there is somewhere to release or to archive to, those. */
export function gitlabFile(facts: CiFacts): string {
  const { environments, archive } = facts;
  const jobs = environments.flatMap((environment) =>
    linesFor(environment).map((line) => writing(facts, environment, line, manual(facts))),
  );
  const all = archive === null ? jobs : [...jobs, writing(facts, archive, archiveLine, scheduled)];
  return check(facts) + (all.length === 0 ? '' : shared(facts)) + all.join('');
}

function check(facts: CiFacts): string {
  const { prepare, call } = program(facts);
  const lines = [...prepare, `${call} check --format gitlab --output gl-code-quality.json`];
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
${lines.map((line) => `    - ${line}\n`).join('')}  artifacts:
    when: always
    reports:
      codequality: gl-code-quality.json
`;
}

/** What the jobs that write have in common: a token for the role instead of keys, a branch to record on, one at a time. */
function shared(facts: CiFacts): string {
  const { prepare } = program(facts);
  return `
# Jobs that write. Settings, CI/CD, Variables, each protected: AWS_ROLE_ARN for every environment, and LAYER_PUSH_TOKEN, a
# project access token that may write the repository and nothing else.
.layer-policy-writes:
  image: node:22
  resource_group: layer-policy-writes
  id_tokens:
    AWS_TOKEN:
      aud: $CI_SERVER_URL
  variables:
    GIT_DEPTH: "0"
    AWS_WEB_IDENTITY_TOKEN_FILE: /tmp/aws-token
  before_script:
    - (umask 077 && echo "$AWS_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE")
    - git fetch origin "+refs/heads/$CI_COMMIT_BRANCH:refs/remotes/origin/$CI_COMMIT_BRANCH"
    - git checkout -B "$CI_COMMIT_BRANCH" "$CI_COMMIT_SHA"
    - git remote set-url --push origin "https://layer-policy:$LAYER_PUSH_TOKEN@$CI_SERVER_HOST/$CI_PROJECT_PATH.git"
    - git config user.name ${userName} && git config user.email ${userMail}
${prepare.map((line) => `    - ${line}\n`).join('')}`;
}

function writing(facts: CiFacts, { name, region, accounts = [] }: CiEnvironment, line: string, rules: string): string {
  const { call } = program(facts);
  return `
${quoted(line)}:
  extends: .layer-policy-writes
  environment: ${quoted(name)}
${region === undefined ? '' : `  variables:\n    AWS_REGION: ${quoted(region)}\n`}${rules}  script:
${accounts.map(otherAccount).join('')}    - ${call} ${line} --yes --push
`;
}

function otherAccount(account: CiAccount): string {
  if (account.profile === null) return `    ${missingProfile(account)}\n`;
  const variable = roleVariable(account);
  return `    # ${account.target} is in another account: ${variable} is a role there, which trusts the same token.
    - ${profileLine(account, variable, 'web_identity_token_file = $AWS_WEB_IDENTITY_TOKEN_FILE')}
`;
}

const branchOf = ({ branch }: CiFacts) => (branch === null ? '$CI_DEFAULT_BRANCH' : quoted(branch));

const manual = (facts: CiFacts) => `  rules:
    - if: $CI_COMMIT_BRANCH == ${branchOf(facts)} && $CI_PIPELINE_SOURCE != "schedule"
      when: manual
      allow_failure: true
`;

const scheduled = `  rules:
    # Build, Pipeline schedules: once a month, 17 4 2 * *
    - if: $CI_PIPELINE_SOURCE == "schedule"
`;
