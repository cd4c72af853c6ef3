import { tempFolder } from './temp.js';

export type Variables = Record<string, string | undefined>;

let home: string | undefined;

/**
 * The environment of every process the tests start: what a system needs to find programs, and nothing of whoever runs
 * the tests. No GIT_*, no CI variables, no user or system git config, an empty HOME.
 */
export function isolatedEnv(more: Variables = {}): Record<string, string> {
  home ??= tempFolder('home');
  const env: Variables = {
    PATH: process.env.PATH,
    SystemRoot: process.env.SystemRoot,
    TMPDIR: process.env.TMPDIR,
    HOME: home,
    USERPROFILE: home,
    USER: 'kit',
    LOGNAME: 'kit',
    LC_ALL: 'C.UTF-8',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_EDITOR: 'true',
    // A machine in the cloud would lend its own credentials; any other is asked for them in vain, for seconds.
    AWS_EC2_METADATA_DISABLED: 'true',
    ...more,
  };
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
