import { managementFolder, readmePath } from '../layer/names.js';
import type { ProposedPolicy } from './proposal.js';
import { buildReadme, layerReadme, managementReadme, versionLines, versionText } from './skeleton.js';

/**
 * One file of `init`'s plan. `append`: `text` goes to the end of what is there. `keep`: it is there, and stays as it is.
 * `update`, `remove`: an old record, which git has as it is, becomes what it should be.
 */
export interface Write {
  /** Relative to the root. */
  path: string;
  action: 'create' | 'append' | 'keep' | 'update' | 'remove';
  text: string;
}

export interface WriteFacts {
  /** What is there of `plannedPaths`. */
  present: ReadonlySet<string>;
  /** The policy's file, `.layerpolicyrc.json` unless there is another; null: the one that is there holds. */
  policyFile: string;
  proposal: ProposedPolicy | null;
  layers: { name: string; source: string; versionKey: string }[];
  versionFile: string;
  /** Declared keys that the version file has no line for. */
  missingKeys: string[];
  /** What the version file's last line lacks: a newline, or nothing. */
  versionGap: string;
  /** What to append to `.gitignore`; empty: nothing. */
  ignoreText: string;
  /** What CI runs; none where nobody knows what CI there is. */
  ci: { path: string; text: string }[];
}

/** Every file that a repository with a policy has; whatever is there is kept, or added to at its end. */
export function planWrites(facts: WriteFacts): Write[] {
  const { present, proposal, versionFile, missingKeys, ignoreText } = facts;
  const create = (path: string, text: string): Write => ({ path, action: present.has(path) ? 'keep' : 'create', text });
  const add = (path: string, text: string): Write => ({
    path,
    action: !present.has(path) ? 'create' : text === '' ? 'keep' : 'append',
    text,
  });
  const keys = present.has(versionFile) ? facts.versionGap + versionLines(missingKeys) : versionText(missingKeys);
  return [
    proposal === null
      ? { path: facts.policyFile, action: 'keep', text: '' }
      : create(facts.policyFile, policyText(proposal)),
    ...(missingKeys.length > 0 || present.has(versionFile)
      ? [add(versionFile, missingKeys.length > 0 ? keys : '')]
      : []),
    add('.gitignore', ignoreText),
    create('.build/README.md', buildReadme),
    create(`${managementFolder}/README.md`, managementReadme),
    create(`${managementFolder}/active/.gitkeep`, ''),
    create(`${managementFolder}/archive/.gitkeep`, ''),
    ...facts.layers.map((layer) => create(readmePath(layer.name), layerReadme(layer))),
    ...facts.ci.map(({ path, text }) => create(path, text)),
  ];
}

function policyText(policy: ProposedPolicy): string {
  // Lists of names on one line, as people write them.
  const text = JSON.stringify(policy, null, 2).replace(
    /\[\s+("[^\]]*")\s+\]/g,
    (_, names: string) => `[${names.replace(/\s+/g, ' ')}]`,
  );
  return `${text}\n`;
}
