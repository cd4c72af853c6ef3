import { writeFiles } from '../kit/files.js';
import { type Content, type Repo, repo } from '../kit/repo.js';
import { hooked } from './judge.js';
import { apply, beginning, difference, type State, type Story } from './story.js';

export interface Told {
  /** On branch `mine`, before the last commit; `origin/develop` is the tip of the base branch. */
  r: Repo;
  before: State;
  after: State;
  /** What the last commit writes and removes. */
  change: Record<string, Content>;
}

let empty: Repo | undefined;

/** Makes the repository of a story, with hooks; one git process imports all of its commits. */
export function tellStory(story: Story): Told {
  empty ??= hooked(repo());
  const r = empty.copy();
  const imported: string[] = [];
  let marks = 0;
  function commit(branch: string, state: State, from: number | null): number {
    marks += 1;
    imported.push(
      `commit ${branch}\nmark :${marks}\ncommitter Kit <kit@example.com> ${1768478400 + marks * 60} +0000\n`,
    );
    imported.push(`data 1\n${marks % 10}\n`, from === null ? '' : `from :${from}\n`, 'deleteall\n');
    for (const [path, content] of Object.entries(state)) imported.push(modify(path, content));
    return marks;
  }
  function line(branch: string, edits: Story['base'], state: State, from: number | null): [State, number | null] {
    let [now, at] = [state, from];
    for (const one of edits) {
      now = apply(now, one);
      at = commit(branch, now, at);
    }
    return [now, at];
  }
  const root = commit('refs/heads/develop', beginning, null);
  const [fork, forkMark] = line('refs/heads/develop', story.base, beginning, root);
  line('refs/heads/develop', story.later, fork, forkMark);
  imported.push(`reset refs/heads/mine\nfrom :${forkMark}\n\n`);
  const [before] = line('refs/heads/mine', story.mine, fork, forkMark);
  r.feed(imported.join(''), 'fast-import', '--quiet', '--force');
  r.git('update-ref', 'refs/remotes/origin/develop', 'refs/heads/develop');
  r.git('symbolic-ref', 'HEAD', 'refs/heads/mine');
  writeFiles(r.dir, before);
  r.git('read-tree', 'HEAD');
  const after = apply(before, story.last);
  return { r, before, after, change: difference(before, after) };
}

function modify(path: string, content: State[string]): string {
  const [mode, text] =
    typeof content === 'string'
      ? ['100644', content]
      : content instanceof Uint8Array
        ? ['100644', Buffer.from(content).toString()]
        : content.kind === 'exec'
          ? ['100755', content.text]
          : ['120000', content.target];
  const name = path.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
  return `M ${mode} inline "${name}"\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}
