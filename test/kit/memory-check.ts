/** `check` in this process, on a repository in memory: the command itself, its policy and its rules, and no process. */
import { createHash } from 'node:crypto';
import { check } from '../../src/commands/check.js';
import type { Finding } from '../../src/policy/finding.js';
import type { Verdict } from '../../src/policy/verdict.js';
import type { Env } from '../../src/ports.js';
import type { MemoryRepo, Story } from './memory-repo.js';

const same = (text: string) => text;
const style = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };

type Given = Parameters<typeof check.run>[1];

export interface Checked {
  exit: number;
  document: Pick<Verdict, 'ok' | 'stage' | 'head' | 'base' | 'counts' | 'waived' | 'notices'> & { findings: Finding[] };
  findings: Finding[];
  /** `file: message` of each finding. */
  says: string[];
  notices: string[];
}

export interface Surroundings {
  vars?: Record<string, string>;
  stdin?: string;
  today?: string;
  /** Files on disk, by absolute path. */
  disk?: Record<string, string>;
}

/** Fails as the command does. */
export async function checked(
  story: MemoryRepo,
  given: Given = {},
  { vars = {}, stdin = '', today = '2026-02-01', disk = {} }: Surroundings = {},
): Promise<Checked> {
  const bytesOf = (path: string) => (path in disk ? new TextEncoder().encode(disk[path]) : null);
  const files = {
    read: async (path: string) => bytesOf(path),
    look: async (path: string) => (path in disk ? { kind: 'file', mode: 0o644 } : null),
    real: async (path: string) => (path in disk ? path : null),
    exists: async (path: string) => path in disk,
  };
  const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
  const parts: Partial<Env> = { cwd: '/repo', vars, git: story.git, sha256, version: '1.0.0' };
  const env = { ...parts, files, now: () => Date.parse(today), stdin: async () => stdin } as unknown as Env;
  const { exit, document, text } = await check.run(env, given, []);
  text(style);
  const told = document as Checked['document'];
  const says = told.findings.map(({ file, message }) => `${file}: ${message}`);
  return { exit, document: told, findings: told.findings, says, notices: told.notices };
}

/** A policy file of two layers and a function, with more laid over it. */
export function policyFile(more: Record<string, unknown> = {}): Story {
  const policy = {
    baseBranch: 'develop',
    layers: {
      core: { build: 'source', source: 'src/core', versionKey: 'CORE_VERSION', layerName: 'core-{env}' },
      deps: { build: 'requirements', source: 'requirements.txt', versionKey: 'DEPS_VERSION', layerName: 'deps-{env}' },
    },
    functions: {
      ingest: {
        source: 'src/ingest',
        versionKey: 'INGEST_VERSION',
        functionName: 'ingest-{env}',
        layers: ['core', 'deps'],
      },
    },
    environments: { dev: { target: 'aws', region: 'eu-west-3', account: '123456789012', bucket: 'code-dev' } },
    ...more,
  };
  return { '.layerpolicyrc.json': JSON.stringify(policy) };
}

/** What keeps the policy: sources, VERSION, ignore lines. */
export const wellKept: Story = {
  ...policyFile(),
  '.gitignore': '/.build/\n',
  VERSION: 'CORE_VERSION=1.2.3\nDEPS_VERSION=2.0.0\nINGEST_VERSION=0.1.0\n',
  'requirements.txt': 'requests==2.32.3\n',
  'src/core/__init__.py': 'core = 1\n',
  'src/core/a.py': 'a = 1\n',
  'src/ingest/handler.py': 'def handler(event, context): return 1\n',
};
