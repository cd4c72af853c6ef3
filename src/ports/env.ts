import type { Builder, BuildMethod } from './builder.js';
import type { Files } from './files.js';
import type { Functions } from './functions.js';
import type { Git } from './git.js';
import type { GitWriter } from './git-writer.js';
import type { Modules } from './modules.js';
import type { Out } from './out.js';
import type { Packages } from './packages.js';
import type { Processes } from './processes.js';
import type { Programs } from './programs.js';
import type { Python } from './python.js';
import type { Registry, Target } from './registry.js';
import type { Sha256 } from './sha256.js';
import type { Signing } from './signing.js';
import type { Store, StorePlace } from './store.js';
import type { Zip } from './zip.js';

/** Everything a command is handed. Members are built on first use. */
export interface Env {
  cwd: string;
  /** Environment variables. */
  vars: Record<string, string | undefined>;
  out: Out;
  git: Git;
  gitWriter: GitWriter;
  files: Files;
  zip: Zip;
  sha256: Sha256;
  processes: Processes;
  programs: Programs;
  python: Python;
  packages: Packages;
  signing: Signing;
  modules: Modules;
  builder(method: BuildMethod): Builder;
  registry(environment: Target): Promise<Registry>;
  functions(environment: Target): Promise<Functions>;
  store(place: StorePlace): Promise<Store>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds. */
  pause(ms: number): Promise<void>;
  /** All of standard input. */
  stdin(): Promise<string>;
  /** Asks on the terminal and gives the answer; null where nobody is there to answer. */
  ask: ((question: string) => Promise<string>) | null;
  /** Who builds: the login name. */
  user(): string;
  /** The path of the running CLI, for the hooks' diagnosis. */
  self: string;
  /** This tool's version. */
  version: string;
}
