import { type Repo, repo } from '../kit/repo.js';

/** Commits of very many files, made by `fast-import` in the time git needs to write them. */
export interface Many {
  repo: Repo;
  /** One more commit of these files; the first one on a branch stands on develop. */
  commit(branch: string, files: Iterable<readonly [path: string, text: string]>): Many;
  /** Branch and index at what was made so far; no file is written to the work tree. */
  done(branch: string): Repo;
}

export function many(): Many {
  const made = repo();
  const parts: string[] = [];
  const branches = new Set<string>();
  let time = Date.parse('2026-01-15T12:00:00Z') / 1000;
  const self: Many = {
    repo: made,
    commit(branch, files) {
      time += 60;
      parts.push(`commit refs/heads/${branch}\ncommitter Kit <kit@example.com> ${time} +0000\n${data('made')}`);
      if (branches.size > 0 && !branches.has(branch)) parts.push('from refs/heads/develop\n');
      branches.add(branch);
      for (const [path, text] of files) parts.push(`M 100644 inline ${path}\n${data(text)}`);
      return self;
    },
    done(branch) {
      made.feed(parts.join(''), 'fast-import', '--quiet');
      made.git('symbolic-ref', 'HEAD', `refs/heads/${branch}`);
      made.git('read-tree', 'HEAD');
      return made;
    },
  };
  return self;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/** A policy of so many layers with all that it needs, nothing of it released. */
export function governed(layers: number): [path: string, text: string][] {
  const names = Array.from({ length: layers }, (_, i) => `layer-${i}`);
  const declared = names.map((name, i) => [
    name,
    { build: 'source', source: `src/l${i}`, versionKey: `L${i}`, layerName: `${name}-{env}` },
  ]);
  return [
    ['.layerpolicyrc.json', JSON.stringify({ baseBranch: 'develop', layers: Object.fromEntries(declared) })],
    ['.gitignore', '/.build/*\n!/.build/README.md\n'],
    ['VERSION', names.map((_, i) => `L${i}=1.0.0\n`).join('')],
    ...names.map((_, i): [string, string] => [`src/l${i}/a.py`, `x = ${i}\n`]),
  ];
}

/** Files that no policy is about, fifty to a folder. */
export function others(count: number): [path: string, text: string][] {
  return Array.from({ length: count }, (_, i) => [
    `app/d${Math.floor(i / 2500)}/e${Math.floor(i / 50)}/file_${i}.txt`,
    `line ${i}\n`,
  ]);
}
