import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildTools } from './build-tools.js';
import { filesIn } from './files-in.js';
import type { Download } from './installer.js';
import type { Ended } from './run.js';
import { trouble } from './trouble.js';
import type { Workshop } from './workshop.js';

/** Where a source is, where its wheel goes, and the build tools it is held to. */
interface Places {
  from: string;
  into: string;
  tools: string;
}

/** A wheel made of a source by what `run` starts, which runs the source's own code. */
export async function buildWheel(
  shop: Workshop,
  id: string,
  { file, bytes }: Download,
  run: (places: Places) => Promise<Ended>,
): Promise<Download | { problem: string }> {
  const from = join(shop.folder('source'), file);
  writeFileSync(from, bytes);
  const into = shop.folder('built');
  const ended = await run({ from, into, tools: toolsFile(shop) });
  if (ended.code !== 0) {
    const failed = trouble(shop, id, ended);
    if (failed.code === 'index-unreachable') throw failed;
    return { problem: failed.message };
  }
  const left = await filesIn(into);
  if ('problem' in left) return left;
  return left.find((one) => one.file.endsWith('.whl')) ?? { problem: 'the build made no wheel' };
}

export function toolsFile(shop: Workshop): string {
  const tools = join(shop.folder('tools'), 'tools.txt');
  writeFileSync(tools, buildTools);
  return tools;
}
