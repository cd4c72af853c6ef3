import { spawn } from 'node:child_process';
import { failure } from '../../errors.js';
import { shellWord } from '../../layer/shell.js';
import type { GitWriter, Push } from '../../ports.js';
import type { Vars } from './process.js';

/**
 * What goes over the network is the user's own git with all of their settings, helpers and hooks; it is run as they would
 * run it. Never with force: what the remote has in the meantime is refused by it, all or nothing.
 */
export function pushing(root: string, vars: Vars): Pick<GitWriter, 'remoteFor' | 'isPushed' | 'push'> {
  const git = (args: string[]) =>
    new Promise<{ code: number | null; out: string; err: string }>((done, fail) => {
      const child = spawn('git', args, {
        cwd: root,
        env: vars as NodeJS.ProcessEnv,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const [out, err]: [Buffer[], Buffer[]] = [[], []];
      child.stdout.on('data', (chunk) => out.push(chunk));
      child.stderr.on('data', (chunk) => err.push(chunk));
      child.once('error', fail);
      child.once('close', (code) => done({ code, out: `${Buffer.concat(out)}`, err: `${Buffer.concat(err)}` }));
    });
  const text = async (...args: string[]) => {
    const { code, out } = await git(args);
    return code === 0 && out.trim() !== '' ? out.trim() : null;
  };
  const failed = (push: Push, err: string) =>
    failure('push-failed', {
      remote: push.remote,
      what: whatOf(push),
      problem: problemIn(err),
      command: commandOf(push),
    });

  return {
    async remoteFor(branch) {
      const keys = [`branch.${branch}.pushRemote`, 'remote.pushDefault', `branch.${branch}.remote`];
      const remotes = ((await text('remote')) ?? '').split('\n').filter((name) => name !== '');
      for (const key of keys) {
        const named = await text('config', '--get', key);
        if (named !== null && remotes.includes(named)) return named;
      }
      return remotes.includes('origin') ? 'origin' : (remotes[0] ?? null);
    },
    async isPushed(push, commit) {
      const refs = refsOf(push);
      const { code, out, err } = await git(['ls-remote', '--refs', '--', push.remote, ...refs]);
      if (code !== 0) throw failed(push, err);
      const there = new Map(out.split('\n').map((line) => line.split('\t').reverse() as [string, string]));
      const [branch = '', ...tags] = refs;
      for (const tag of tags)
        if (there.get(tag) !== (await text('rev-parse', '--verify', '--quiet', tag))) return false;
      const tip = there.get(branch);
      // What others have put on top of it is not in this clone; a push then says so.
      return tip !== undefined && (await git(['merge-base', '--is-ancestor', commit, tip])).code === 0;
    },
    async push(push) {
      const { code, err } = await git(['push', '--atomic', '--', push.remote, ...refsOf(push)]);
      if (code !== 0) throw failed(push, err);
    },
  };
}

const refsOf = ({ branch, tags }: Push) => [`refs/heads/${branch}`, ...tags.map((tag) => `refs/tags/${tag}`)];
const whatOf = ({ branch, tags }: Push) => [branch, ...tags].join(', ');
const commandOf = (push: Push) =>
  ['git push --atomic', shellWord(push.remote), ...refsOf(push).map(shellWord)].join(' ');

/** The words that say why, without what may open a door. */
function problemIn(err: string): string {
  const lines = err.split('\n').filter((line) => /^(fatal:|error:|remote:| !|✖|\s*→)/.test(line));
  const told = (lines.length > 0 ? lines : err.split('\n')).slice(-6).join('; ').replace(/\s+/g, ' ').trim();
  return told.replace(/(:\/\/)[^/@\s]*@/g, '$1***@').slice(0, 600) || 'git gave no reason';
}
