/**
 * The policy's shape, as JSON Schema. `npm run gen` adds what each rule takes and writes `schemas/config.schema.json`
 * for editors; the reader here checks `rules` by itself, because its messages can name the rule.
 */

const versionKey = {
  description: 'a key of VERSION such as INBOX_CORE_VERSION',
  type: 'string',
  pattern: '^[A-Za-z_][A-Za-z0-9_]{0,99}$',
} as const;

const repositoryPath = {
  description: 'a path relative to the root, with / between its parts, without "." and ".." and no slash at the end',
  type: 'string',
  maxLength: 1024,
  pattern: '^(?!\\.{1,2}(/|$))[^/\\\\\\u0000-\\u001f]+(/(?!\\.{1,2}(/|$))[^/\\\\\\u0000-\\u001f]+)*$',
} as const;

const name = {
  description: 'a name of letters, digits, "-" and "_"',
  pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$',
} as const;

const tag = {
  description: 'a tag template with {version}, and {name} where you like: {name}-v{version}',
  type: 'string',
  maxLength: 200,
  pattern: '^[A-Za-z0-9{][A-Za-z0-9._/{}-]*\\{version\\}[A-Za-z0-9._{}-]*$|^\\{version\\}$',
} as const;

const awsName = {
  description:
    'a published name of letters, digits, "-" and "_"; {env} stands for the environment, {name} for the name',
  type: 'string',
  maxLength: 140,
  pattern: '^([A-Za-z0-9_-]|\\{env\\}|\\{name\\})+$',
} as const;

const megabytes = { description: 'MB of 1,048,576 bytes', type: 'number', exclusiveMinimum: 0, maximum: 250 } as const;

const layer = {
  type: 'object',
  required: ['build', 'source', 'versionKey', 'layerName'],
  additionalProperties: false,
  properties: {
    build: {
      description: 'source: the folder itself; requirements: what a requirements file lists',
      enum: ['source', 'requirements'],
    },
    source: repositoryPath,
    versionKey,
    tag,
    layerName: awsName,
    runtimes: {
      type: 'array',
      minItems: 1,
      maxItems: 15,
      items: { description: 'a Lambda runtime such as python3.12', type: 'string', pattern: '^python3\\.[0-9]{1,2}$' },
    },
    architectures: { type: 'array', minItems: 1, maxItems: 2, items: { enum: ['x86_64', 'arm64'] } },
    natives: { enum: ['forbid', 'allow'] },
    maxZipMB: megabytes,
  },
} as const;

const milliseconds = { description: 'milliseconds', type: 'number', exclusiveMinimum: 0, maximum: 900_000 } as const;

const smoke = {
  type: 'object',
  required: ['event'],
  additionalProperties: false,
  properties: {
    event: { description: 'a name under "events"', type: 'string' },
    expect: {
      description: 'what the answer must be; an error of the function fails in any case',
      type: 'object',
      additionalProperties: false,
      properties: {
        statusCode: { description: 'the statusCode in the answer', type: 'integer', minimum: 100, maximum: 599 },
        payload: { description: 'what the answer must contain: fields that are not named here are free' },
        maxInitMs: milliseconds,
        maxDurationMs: milliseconds,
      },
    },
  },
} as const;

const lambdaFunction = {
  type: 'object',
  required: ['source', 'versionKey', 'functionName'],
  additionalProperties: false,
  properties: {
    source: repositoryPath,
    versionKey,
    tag,
    functionName: awsName,
    alias: {
      description: 'what callers call it by; each change publishes a version and has the alias lead there',
      type: 'string',
      maxLength: 128,
      pattern: '^[0-9]*[a-zA-Z_-][a-zA-Z0-9_-]*$',
    },
    layers: { type: 'array', maxItems: 5, items: { type: 'string' } },
    maxZipMB: megabytes,
    handler: {
      description:
        'module and function such as handler.lambda_handler; for folder environments, which make the function',
      type: 'string',
      maxLength: 128,
      pattern: '^[A-Za-z0-9_/]+(\\.[A-Za-z0-9_/]+)*\\.[A-Za-z_][A-Za-z0-9_]*$',
    },
    events: { type: 'object', propertyNames: name, additionalProperties: repositoryPath },
    smoke: { type: 'array', maxItems: 20, items: smoke },
  },
} as const;

const sync = {
  type: 'array',
  items: {
    type: 'object',
    required: ['from', 'to', 'prefix'],
    additionalProperties: false,
    properties: {
      from: { type: 'string' },
      to: { type: 'string' },
      prefix: { type: 'string' },
      delete: { type: 'boolean' },
    },
  },
} as const;

/** Where in AWS. */
const place = {
  profile: { type: 'string' },
  region: { description: 'a region such as eu-west-3', type: 'string', pattern: '^[a-z]{2,4}(-[a-z]+)+-[0-9]$' },
  account: { description: 'an account of 12 digits', type: 'string', pattern: '^[0-9]{12}$' },
  bucket: { description: 'a bucket name', type: 'string', pattern: '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$' },
  sync,
} as const;

const environment = {
  type: 'object',
  required: ['target'],
  additionalProperties: false,
  properties: {
    target: { enum: ['aws', 'local'] },
    ...place,
    promoteFrom: { type: 'string' },
    targets: {
      description:
        'several accounts or regions, released to together: prod/eu, prod/us; what one does not say, the environment says',
      type: 'object',
      propertyNames: name,
      additionalProperties: { type: 'object', additionalProperties: false, properties: place },
    },
  },
} as const;

const waiver = {
  type: 'object',
  required: ['rule', 'file', 'reason', 'until'],
  additionalProperties: false,
  properties: {
    rule: { type: 'string' },
    file: { description: 'a path or glob', type: 'string', minLength: 1, maxLength: 1024 },
    reason: { type: 'string', minLength: 1 },
    until: {
      description: 'a day, YYYY-MM-DD',
      type: 'string',
      pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
    },
  },
} as const;

const glob = { description: 'a glob', type: 'string', minLength: 1, maxLength: 256 } as const;

const override = {
  type: 'object',
  required: ['paths', 'rules'],
  additionalProperties: false,
  properties: {
    paths: { type: 'array', minItems: 1, maxItems: 100, items: glob },
    rules: { description: 'rule id to severity, or [severity, options]', type: 'object' },
  },
} as const;

export const configSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://layer-policy.dev/schemas/config.schema.json',
  title: '.layerpolicyrc.json',
  type: 'object',
  required: ['layers'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    requires: { description: 'a semver range of layer-policy itself', type: 'string', maxLength: 100 },
    versionFile: repositoryPath,
    baseBranch: {
      description: 'a branch name',
      type: 'string',
      maxLength: 200,
      pattern: '^(?!-)(?!.*(\\.\\.|//|@\\{))[A-Za-z0-9._/@+-]+$',
    },
    maintenanceBranches: { type: 'array', maxItems: 100, items: glob },
    layers: { type: 'object', propertyNames: name, additionalProperties: layer },
    functions: { type: 'object', propertyNames: name, additionalProperties: lambdaFunction },
    versioned: {
      type: 'object',
      propertyNames: { description: versionKey.description, pattern: versionKey.pattern },
      additionalProperties: {
        type: 'array',
        maxItems: 100,
        items: glob,
      },
    },
    environments: { type: 'object', propertyNames: name, additionalProperties: environment },
    archive: {
      type: 'object',
      additionalProperties: false,
      properties: {
        bucket: place.bucket,
        prefix: {
          description: 'what keys begin with: layers/',
          type: 'string',
          maxLength: 200,
          pattern: '^([A-Za-z0-9][A-Za-z0-9_.-]*/)*$',
        },
        environment: {
          description: 'by whose profile, account and region the bucket is reached; default: the first in AWS',
          type: 'string',
          maxLength: 201,
        },
      },
    },
    waivers: { type: 'array', items: waiver },
    extends: {
      description: 'a preset, or a list of them',
      type: ['string', 'array'],
      maxLength: 214,
      maxItems: 10,
      items: { type: 'string', maxLength: 214 },
    },
    plugins: { type: 'array', maxItems: 20, items: { type: 'string', maxLength: 1024 } },
    rules: { description: 'rule id to severity, [severity, options], or an instance of a rule kind', type: 'object' },
    overrides: { type: 'array', maxItems: 100, items: override },
  },
} as const;
