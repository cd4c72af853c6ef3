/** What tests find here as `node:child_process`: one that starts a process is another kind of test, and left out. */
export const asked = { forProcess: false };

function refuse(): never {
  asked.forProcess = true;
  throw new Error('here no process is started');
}

export const [exec, execFile, execFileSync, execSync, fork, spawn, spawnSync] = Array(7).fill(refuse);
export default { exec, execFile, execFileSync, execSync, fork, spawn, spawnSync };
