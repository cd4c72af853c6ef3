import { type LayerArn, parseLayerArn } from '../layer/arn.js';
import type { Env } from '../ports.js';

/** A file at the root that holds ARNs of layer versions, as the original scripts leave them. */
export interface ArnFile {
  path: string;
  arns: FoundArn[];
  /** Why it cannot be taken for one; null: it can. */
  problem: string | null;
}

export interface FoundArn extends LayerArn {
  text: string;
}

/** The same names that rule `no-root-arn` refuses. */
const word = /(^|[-_.])arn([-_.]|$)/i;
const limit = 64 * 1024;

export async function readArnFiles({ files }: Pick<Env, 'files'>, root: string): Promise<ArnFile[]> {
  const names = (await files.list(root)).filter((name) => /\.txt$/i.test(name) && word.test(name));
  const found: ArnFile[] = [];
  for (const path of names) {
    const kind = (await files.look(`${root}/${path}`))?.kind;
    if (kind === undefined) continue;
    const bytes = kind === 'file' ? await files.read(`${root}/${path}`) : null;
    found.push({ path, ...(bytes === null ? { arns: [], problem: `it is a ${kind}, not a file` } : arnsIn(bytes)) });
  }
  return found;
}

/** Every ARN in it has to be one of a layer version: who takes some of a file as true has to understand all of it. */
export function arnsIn(bytes: Uint8Array): Omit<ArnFile, 'path'> {
  const refuse = (problem: string) => ({ arns: [], problem });
  if (bytes.length > limit) return refuse('it is larger than 64 KiB');
  const text = decoded(bytes);
  if (text === null) return refuse('it is no text');
  const arns: FoundArn[] = [];
  for (const [said] of text.matchAll(/arn:[^\s"',;]*/gi)) {
    const arn = parseLayerArn(said);
    if (arn === null) return refuse(`'${said.slice(0, 200)}' is not the ARN of a layer version`);
    if (!arns.some((one) => one.text === said)) arns.push({ ...arn, text: said });
  }
  return arns.length === 0 ? refuse('it holds no ARN') : { arns, problem: null };
}

/** As editors and the shells of Windows write it, too. */
function decoded(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
