import type { Environment } from '../../layer/declarations.js';

/** A role besides the job's, in an account of its own, and the profile by which the program comes to it. */
export interface CiAccount {
  /** The first target that is reached by it. */
  target: string;
  /** null: the policy names none that is this account's alone. */
  profile: string | null;
  region?: string;
}

type Target = Pick<Environment, 'name' | 'profile' | 'region' | 'account'>;

/** What can be a word of shell, YAML and an AWS config file as it stands. */
const plain = /^[\w.@+-]+$/;

/** A job has the credentials of one account, its environment's first. The others need a profile each. */
export function otherAccounts(targets: readonly Target[]): CiAccount[] {
  const others = targets.filter(({ account }) => account !== targets[0]?.account);
  const same = (a: Target, b: Target) => a.account === b.account && a.profile === b.profile;
  const distinct = others.filter((one, at) => others.findIndex((other) => same(one, other)) === at);
  return distinct.map(({ name, profile = '', account, region }) => {
    const isItsOwn = targets.every((one) => one.profile !== profile || one.account === account);
    return { target: name, profile: plain.test(profile) && isItsOwn ? profile : null, ...(region && { region }) };
  });
}

/** The CI variable with its role: `LAYER_ROLE_US` of `prod/us`. */
export function roleVariable({ target }: CiAccount): string {
  const name = target.slice(target.indexOf('/') + 1);
  return `LAYER_ROLE_${name.toUpperCase().replaceAll('-', '_')}`;
}

/** Writes the profile where the program looks for it. `source`: the setting by which the role is come to. */
export function profileLine({ profile, region }: CiAccount, variable: string, source: string): string {
  const settings = [
    `[profile ${profile}]`,
    `role_arn = $${variable}`,
    source,
    ...(region ? [`region = ${region}`] : []),
  ];
  return `mkdir -p ~/.aws && printf '%s\\n' ${settings.map((line) => `"${line}"`).join(' ')} >> ~/.aws/config`;
}

/** What nobody but the policy can give. */
export function missingProfile({ target }: CiAccount): string {
  return `# ${target} is in another account: name a "profile" of its own in the policy, and have it written here (docs/aws.md).`;
}
