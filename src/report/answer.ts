import { type ExitCode, exitCodes } from '../errors.js';
import type { Verdict } from '../policy/verdict.js';
import type { Env, Style } from '../ports.js';
import type { FormatName } from './format-names.js';
import type { Trees } from './frame.js';
import { checkDocument, jsonText } from './json.js';
import { pretty } from './pretty.js';

export interface Answer {
  exit: ExitCode;
  document: object;
  text(style: Style): string;
  /** The report in the format that was asked for, when it goes to stdout. */
  report?: string;
}

/** How a verdict is told: to people, as a document, in a named format, and into a file where one is named. */
export async function answer(
  env: Env,
  { format, json, output }: { format?: string; json?: boolean; output?: string },
  verdict: Verdict,
  trees: Trees,
): Promise<Answer> {
  const exit = verdict.broken.length > 0 ? exitCodes.bug : verdict.ok ? exitCodes.ok : exitCodes.refused;
  const document = checkDocument(verdict);
  const frames = json || trees.size === 0 ? undefined : await (await import('./frame.js')).framesOf(env.git, trees);
  const text = (style: Style) => pretty(verdict, style, frames);
  const report = await formatted(format, verdict);
  if (output === undefined) return { exit, document, text, ...(report !== null && { report }) };
  const path = output.startsWith('/') ? output : `${env.cwd}/${output}`;
  const content = report ?? (json ? jsonText(document) : text(plain));
  await env.files.write(path, new TextEncoder().encode(content));
  return { exit, document, text };
}

async function formatted(name: string | undefined, verdict: Verdict): Promise<string | null> {
  if (name === undefined || name === 'pretty') return null;
  const { formats } = await import('./index.js');
  return formats[name as FormatName](verdict);
}

const same = (text: string) => text;
const plain: Style = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };
