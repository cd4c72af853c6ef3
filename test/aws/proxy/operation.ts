import type { IncomingHttpHeaders } from 'node:http';

/** A request to AWS by the name its API has for it. */
export interface Operation {
  service: 's3' | 'lambda' | 'sts' | 'iam';
  /** `PublishLayerVersion`; method and path of what is not known here. */
  name: string;
  /** S3: bucket and key. Lambda: function or layer, and a version. */
  parts: string[];
}

const lambda: [method: string, path: RegExp, name: string][] = [
  ['POST', /^\/2018-10-31\/layers\/([^/]+)\/versions$/, 'PublishLayerVersion'],
  ['GET', /^\/2018-10-31\/layers\/([^/]+)\/versions$/, 'ListLayerVersions'],
  ['GET', /^\/2018-10-31\/layers\/([^/]+)\/versions\/(\d+)$/, 'GetLayerVersion'],
  ['DELETE', /^\/2018-10-31\/layers\/([^/]+)\/versions\/(\d+)$/, 'DeleteLayerVersion'],
  ['GET', /^\/2015-03-31\/functions\/?$/, 'ListFunctions'],
  ['POST', /^\/2015-03-31\/functions\/?$/, 'CreateFunction'],
  ['GET', /^\/2015-03-31\/functions\/([^/]+)\/configuration$/, 'GetFunctionConfiguration'],
  ['PUT', /^\/2015-03-31\/functions\/([^/]+)\/configuration$/, 'UpdateFunctionConfiguration'],
  ['PUT', /^\/2015-03-31\/functions\/([^/]+)\/code$/, 'UpdateFunctionCode'],
  ['POST', /^\/2015-03-31\/functions\/([^/]+)\/invocations$/, 'Invoke'],
  ['POST', /^\/2015-03-31\/functions\/([^/]+)\/versions$/, 'PublishVersion'],
  ['GET', /^\/2015-03-31\/functions\/([^/]+)\/versions$/, 'ListVersionsByFunction'],
  ['POST', /^\/2015-03-31\/functions\/([^/]+)\/aliases$/, 'CreateAlias'],
  ['GET', /^\/2015-03-31\/functions\/([^/]+)\/aliases\/([^/]+)$/, 'GetAlias'],
  ['PUT', /^\/2015-03-31\/functions\/([^/]+)\/aliases\/([^/]+)$/, 'UpdateAlias'],
  ['GET', /^\/2020-06-30\/functions\/([^/]+)\/code-signing-config$/, 'GetFunctionCodeSigningConfig'],
  ['GET', /^\/2020-04-22\/code-signing-configs\/(.+)$/, 'GetCodeSigningConfig'],
  ['GET', /^\/2016-08-19\/account-settings\/?$/, 'GetAccountSettings'],
];

const ofBucket: Record<string, string> = { HEAD: 'HeadBucket', PUT: 'CreateBucket', GET: 'ListObjectsV2' };
const ofObject: Record<string, string> = {
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  GET: 'GetObject',
  DELETE: 'DeleteObject',
};

export function operationOf(method: string, url: string, headers: IncomingHttpHeaders): Operation {
  const { authorization = '' } = headers;
  const path = decodeURIComponent(url.replace(/\?.*$/, ''));
  const [, service = 's3'] = /\/(s3|lambda|sts|iam)\/aws4_request/.exec(authorization) ?? [];
  if (service === 'sts') return { service, name: 'GetCallerIdentity', parts: [] };
  if (service === 'lambda') {
    for (const [wanted, pattern, name] of lambda) {
      const [, ...parts] = (method === wanted && pattern.exec(path)) || [];
      if (parts.length > 0 || (method === wanted && pattern.test(path))) return { service, name, parts };
    }
    return { service, name: `${method} ${path}`, parts: [] };
  }
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  const isCopy = headers['x-amz-copy-source'] !== undefined && method === 'PUT';
  if (isCopy) return { service: 's3', name: 'CopyObject', parts: [bucket, key] };
  if (method === 'POST' && /\?delete\b/.test(url)) return { service: 's3', name: 'DeleteObjects', parts: [bucket] };
  const name = (key === '' ? ofBucket : ofObject)[method] ?? `${method} ${path}`;
  return { service: service === 'iam' ? 'iam' : 's3', name, parts: key === '' ? [bucket] : [bucket, key] };
}
