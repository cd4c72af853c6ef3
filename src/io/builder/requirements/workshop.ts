import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Ended } from './run.js';
import { runChild } from './run.js';
import { variablesFor } from './settings.js';

export interface Host {
  vars: Readonly<Record<string, string | undefined>>;
  /** What must be done even when we are interrupted. */
  atExit(act: () => void): void;
}

/** A private folder, and programs that know nothing but it. */
export interface Workshop {
  vars: Host['vars'];
  /** A new empty folder. */
  folder(name: string): string;
  run(program: string, args: readonly string[], more?: Record<string, string>): Promise<Ended>;
}

/** Gone when the work is done, however it ends. */
export async function inWorkshop<Value>(host: Host, work: (shop: Workshop) => Promise<Value>): Promise<Value> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'layer-policy-packages-')));
  const running = new Set<() => void>();
  const clear = () => {
    for (const end of running) end();
    rmSync(root, { recursive: true, force: true });
  };
  host.atExit(clear);
  let count = 0;
  try {
    return await work({
      vars: host.vars,
      folder(name) {
        const made = join(root, `${count++}-${name}`);
        mkdirSync(made, { recursive: true });
        return made;
      },
      run: (program, args, more = {}) =>
        runChild({
          program,
          args,
          folder: root,
          variables: { ...variablesFor(host.vars, root), ...more },
          running,
        }),
    });
  } finally {
    clear();
  }
}
