import { parseJsonBytes } from '../layer/json.js';
import { type CiBase, ciBase, defaultBranch, eventFile } from '../policy/range/ci-base.js';
import { type CiTag, ciTag } from '../policy/range/ci-tag.js';
import type { Env } from '../ports.js';

/** What the CI system says of this run. */
export interface CiSays {
  announced: CiBase | null;
  tag: CiTag | null;
  defaultBranch: string | null;
}

export async function ciSays({ vars, files }: Env): Promise<CiSays> {
  const file = eventFile(vars);
  const bytes = file === null ? null : await files.read(file);
  const event = bytes && parseJsonBytes(bytes).value;
  return { announced: ciBase(vars, event), tag: ciTag(vars), defaultBranch: defaultBranch(vars, event) ?? null };
}
