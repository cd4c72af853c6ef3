import type { Operation } from './operation.js';

export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** A refusal in the words and form of the service. */
export function errorAnswer(
  { service }: Operation,
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Answer {
  if (service === 'lambda') {
    const body = Buffer.from(JSON.stringify({ Type: 'User', Message: message, message }));
    return { status, headers: { 'content-type': 'application/json', 'x-amzn-errortype': code, ...headers }, body };
  }
  const plain = `<Code>${code}</Code><Message>${message}</Message><RequestId>proxy</RequestId>`;
  const xml = service === 's3' ? `<Error>${plain}</Error>` : `<ErrorResponse><Error>${plain}</Error></ErrorResponse>`;
  return { status, headers: { 'content-type': 'application/xml', ...headers }, body: Buffer.from(xml) };
}

/** The same answer with another JSON document. */
export function withJson(
  answer: Answer,
  change: (document: Record<string, unknown>) => Record<string, unknown>,
): Answer {
  const body = Buffer.from(JSON.stringify(change(JSON.parse(answer.body.toString() || '{}'))));
  return { ...answer, body };
}
