import { failure } from '../errors.js';
import { baseName } from '../layer/names.js';
import type { Finding } from '../policy/finding.js';
import type { Mending } from '../policy/verdict.js';
import type { Env } from '../ports.js';
import { type DiskChange, type FileFix, planFixes } from './plan.js';

/**
 * Does what the findings' fixes say, and nothing else: all of it, or none. Disk comes before index: whoever is stopped
 * in between runs it again, and what is mended on disk stays as it is. Fails with `index-locked`.
 */
export async function mend(env: Env, findings: readonly Finding[]): Promise<Mending> {
  const { gitWriter, git, vars } = env;
  const fixable = findings.filter(({ fix }) => fix !== undefined);
  if (fixable.length === 0) return { fixed: [], unfixed: [] };
  if (isHeld(vars.GIT_INDEX_FILE)) {
    const names = new Set(fixable.map(({ file }) => file));
    return { fixed: [], unfixed: [...names].map((file) => ({ file, why: held })) };
  }

  const plan = await planFixes(env, fixable);
  const fixes = plan.filter((one) => 'inIndex' in one);
  const lock = fixes.length === 0 ? null : await gitWriter.indexLock();
  if (lock !== null) throw failure('index-locked', { lock });
  if (fixes.length > 0) await apply(env, fixes);
  git.forgetIndex();
  return {
    fixed: fixes.map(({ file, what }) => ({ file, what })),
    unfixed: plan.filter((one) => 'why' in one),
  };
}

async function apply({ gitWriter, files }: Env, fixes: readonly FileFix[]): Promise<void> {
  const written: DiskChange[] = [];
  try {
    for (const { onDisk } of fixes) {
      if (onDisk === null) continue;
      await files.sweep(onDisk.path.slice(0, -baseName(onDisk.path).length));
      await files.write(onDisk.path, onDisk.after, onDisk.mode);
      written.push(onDisk);
    }
    await gitWriter.amendIndex(fixes.map(({ inIndex }) => inIndex));
  } catch (error) {
    for (const { path, before, mode } of written) {
      await (before === null ? files.remove(path) : files.write(path, before, mode));
    }
    throw error;
  }
}

/** `git commit -a` and `git commit -- path` commit an index that nobody else can write: git has its lock. */
function isHeld(indexFile: string | undefined): boolean {
  return indexFile !== undefined && baseName(indexFile).endsWith('.lock');
}

const held =
  'git holds the index while it commits -a, -i or paths. Stage it (git add), then run: layer-policy check --stage pre-commit --fix';
