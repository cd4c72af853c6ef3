import type { Catalogue } from './entry.js';

/** AWS: whose account, which bucket, what was refused, and what nobody knows. */
export const aws = {
  'aws-incomplete': {
    exit: 2,
    message: "Environment '{environment}' has target aws, but its policy names no {missing}.",
    hint: 'Give it "region" (eu-west-3), "account" (12 digits) and "bucket" in the policy.',
  },
  'aws-endpoint': {
    exit: 2,
    message: "Environment '{environment}' is production, but requests would not go to AWS: {settings}.",
    hint: 'Run: unset AWS_ENDPOINT_URL AWS_ENDPOINT_URL_S3 AWS_ENDPOINT_URL_LAMBDA AWS_ENDPOINT_URL_STS   (or take endpoint_url out of the profile)',
  },
  'aws-profile-missing': {
    exit: 4,
    message:
      "There is no AWS profile '{profile}' on this machine, and no credentials in the environment (profiles here: {there}).",
    hint: 'Run: aws configure sso --profile {profile}   (or: aws configure --profile {profile})',
  },
  'aws-credentials': {
    exit: 4,
    message: 'AWS takes no credentials from here for {environment}: {problem}',
    hint: 'Run: {login}',
  },
  'aws-expired': {
    exit: 4,
    message: 'The AWS credentials expired at {operation}; what was done before it stays done. {problem}',
    hint: 'Run: {login}, then the same command again: it goes on where it stopped.',
  },
  'aws-account': {
    exit: 4,
    message:
      "These credentials are of account {actual} ({arn}), but environment '{environment}' is account {wanted} of {partition}. Nothing was written.",
    hint: 'Run: {login}, with an identity of {wanted}; or correct "account" of \'{environment}\' in the policy.',
  },
  'aws-region': {
    exit: 4,
    message:
      "Bucket {bucket} is in {actual}, but environment '{environment}' is in {wanted}: Lambda takes zips from its own region only.",
    hint: 'Correct "region" or "bucket" of \'{environment}\' in the policy.',
  },
  'code-storage-full': {
    exit: 4,
    message:
      'Lambda in {region} holds {used} MB of code of the {limit} MB that the account may have, and {needed} MB more are to be published to {environment}.',
    hint: 'See what could go: layer-policy gc --env {environment}   Old versions of functions count as well.',
  },
  'bucket-absent': {
    exit: 4,
    message: "Bucket {bucket} of environment '{environment}' does not exist.",
    hint: 'Correct "bucket" in the policy, or make it: aws s3 mb s3://{bucket} --region {region}',
  },
  'bucket-foreign': {
    exit: 4,
    message: 'Bucket {bucket} belongs to another account than {account}, or these credentials may not list it.',
    hint: 'See which: aws s3api head-bucket --bucket {bucket} --expected-bucket-owner {account}. If it is yours, allow s3:ListBucket on arn:aws:s3:::{bucket}',
  },
  'aws-denied': {
    exit: 4,
    message: 'AWS does not let these credentials do {operation} on {resource}{extra}: {problem}',
    hint: 'Add to their policy, then run the same command again: {statement}',
  },
  'aws-throttled': {
    exit: 4,
    message: 'AWS asked to slow down for longer than this run waits: {operation} on {resource}: {problem}',
    hint: 'Wait a minute, then run the same command again: it goes on where it stopped.',
  },
  'aws-unreachable': {
    exit: 4,
    message: 'AWS gives no answer to {operation}: {problem}',
    hint: 'Look at the network and the region ({region}), then run the same command again.',
  },
  'aws-untrusted': {
    exit: 4,
    message: 'Who answers {operation} has a certificate that is not trusted here: {problem}',
    hint: "Behind a proxy that opens TLS, name the company's certificates, then run the same command again: export AWS_CA_BUNDLE=/path/to/ca.pem",
  },
  'aws-strange': {
    exit: 4,
    message: 'What answered {operation} is not AWS: {problem}',
    hint: 'A proxy or a login page of the network stands in between: open it in a browser, then run the same command again.',
  },
  'aws-refused': {
    exit: 4,
    message: 'AWS refuses {operation} on {resource}: {problem}',
    hint: 'Nothing was changed by it. Mend what it names, then run the same command again.',
  },
  'aws-conflict': {
    exit: 4,
    message: 'Somebody else was at work on {resource} during {operation}: {problem}',
    hint: 'Run the same command again.',
  },
  'answer-unknown': {
    exit: 4,
    message: 'Nobody knows yet whether {operation} on {resource} was done, because its answer was lost: {problem}',
    hint: 'Run: layer-policy resume   (it looks first, and does nothing twice)',
  },
  'published-differs': {
    exit: 3,
    message:
      '{arn} was published, but holds other bytes ({there}, {thereSize} bytes) than {key} had ({here}, {hereSize} bytes). It is recorded nowhere.',
    hint: 'See who writes to the bucket of {environment}: aws s3api list-object-versions --prefix {key}. Then give the content a version of its own: layer-policy bump {name} patch',
  },
} as const satisfies Catalogue;
