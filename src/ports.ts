/**
 * The outside world as this tool sees it: types only, one file a port. `env.ts` builds the real ones from `io/`; pure
 * code and tests see nothing else.
 */
export type * from './ports/builder.js';
export type * from './ports/env.js';
export type * from './ports/files.js';
export type * from './ports/functions.js';
export type * from './ports/git.js';
export type * from './ports/git-writer.js';
export type * from './ports/modules.js';
export type * from './ports/out.js';
export type * from './ports/packages.js';
export type * from './ports/paths.js';
export type * from './ports/prefixes.js';
export type * from './ports/processes.js';
export type * from './ports/programs.js';
export type * from './ports/python.js';
export type * from './ports/registry.js';
export type * from './ports/sha256.js';
export type * from './ports/signing.js';
export type * from './ports/store.js';
export type * from './ports/zip.js';
