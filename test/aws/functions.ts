import { createHash } from 'node:crypto';
import { CreateFunctionCommand } from '@aws-sdk/client-lambda';
import type { Aws } from '../../src/io/aws/aws.js';
import { awsRegistry } from '../../src/io/registry/aws.js';
import { zip } from '../../src/io/zip/index.js';
import { account, region } from './world.js';

export function zipOf(files: Record<string, string>): Promise<Uint8Array> {
  const entries = Object.entries(files).map(([path, text]) => ({ path, text }));
  return zip.write(
    entries
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map(({ path, text }) => ({ path, mode: 0o644, bytes: new TextEncoder().encode(text) })),
  );
}

/** A function with that code in `main.py`, or of another handler, and a variable whose value nobody should see. */
export async function makeFunction(aws: Aws, name: string, code: string, handler = 'main.handler'): Promise<void> {
  await aws.clients.lambda.write.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Role: await role(aws),
      Runtime: 'python3.11',
      Handler: handler,
      Architectures: ['x86_64'],
      Environment: { Variables: { TOKEN: 'canary-variable-0123456789' } },
      Code: { ZipFile: await zipOf({ [handler.replace(/\..*$/, '.py')]: code }) },
    }),
  );
}

/** moto wants a role to be there. */
async function role(aws: Aws): Promise<string> {
  const { protocol, hostname, port } = (await aws.clients.sts.config.endpoint?.()) ?? {
    protocol: 'http:',
    hostname: '',
  };
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  const form = { Action: 'CreateRole', Version: '2010-05-08', RoleName: 'runs', AssumeRolePolicyDocument: trust };
  const scope = `${account}/20260101/${region}/iam/aws4_request`;
  await fetch(`${protocol}//${hostname}:${port}/`, {
    method: 'POST',
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
    body: new URLSearchParams(form),
  });
  return `arn:aws:iam::${account}:role/runs`;
}

/** A layer version whose module is named like it, and holds what is given. Gives its ARN. */
export async function makeLayer(aws: Aws, name: string, text = ''): Promise<string> {
  const registry = awsRegistry(aws);
  const bytes = await zipOf({ [`python/${name}.py`]: text });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const key = `layers/${name}-1.0.0.zip`;
  await registry.put(key, bytes, sha256);
  const request = { key, sha256, size: bytes.length, runtimes: ['python3.11'], architectures: [] };
  return (await registry.publish({ ...request, layerName: name, description: 'd' })).arn;
}
