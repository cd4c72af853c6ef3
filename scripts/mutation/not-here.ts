/** What a test asked for that is not here: it is a test of another kind, and left out. */
export const asked = { tooMuch: false };

function refuse(): never {
  asked.tooMuch = true;
  throw new Error('here no process is started, and no time measured');
}

/** Code with mutants in it is slow, so how long it took says nothing. */
performance.now = refuse;

/** What tests find here as `node:child_process`. */
export const [exec, execFile, execFileSync, execSync, fork, spawn, spawnSync] = Array(7).fill(refuse);
export default { exec, execFile, execFileSync, execSync, fork, spawn, spawnSync };
