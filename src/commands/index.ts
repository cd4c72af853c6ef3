import type { Command, Listed } from './command.js';

/** Every command, in the order of the help, below its group. Each file is loaded when its command runs, so a hook loads one. */
export const commands: Record<string, Listed> = {
  init: {
    group: 'Set a repository up',
    summary: 'set a repository up: policy, .gitignore, layer_management, hooks',
    load: async () => (await import('./init.js')).init as Command,
  },
  install: {
    group: 'Set a repository up',
    summary: 'install the hooks of this clone',
    load: async () => (await import('./install.js')).install as Command,
  },
  uninstall: {
    group: 'Set a repository up',
    summary: 'remove them again',
    load: async () => (await import('./uninstall.js')).uninstall as Command,
  },
  doctor: {
    group: 'Set a repository up',
    summary: 'say what is missing on this machine',
    load: async () => (await import('./doctor.js')).doctor as Command,
  },
  completion: {
    group: 'Set a repository up',
    summary: 'print the completion of bash, zsh or fish',
    load: async () => (await import('./completion.js')).completionOf(commands) as Command,
  },
  check: {
    group: 'Hold the policy',
    summary: 'run the policy',
    load: async () => (await import('./check.js')).check as Command,
  },
  rules: {
    group: 'Hold the policy',
    summary: 'list the rules with severity and stages',
    load: async () => (await import('./rules.js')).rules as Command,
  },
  explain: {
    group: 'Hold the policy',
    summary: "print one rule's reason, options and examples",
    load: async () => (await import('./explain.js')).explain as Command,
  },
  bump: {
    group: 'Make artefacts',
    summary: 'raise a version in VERSION',
    load: async () => (await import('./bump.js')).bump as Command,
  },
  lock: {
    group: 'Make artefacts',
    summary: 'resolve requirements into a lock with hashes',
    load: async () => (await import('./lock.js')).lock as Command,
  },
  build: {
    group: 'Make artefacts',
    summary: 'build artefacts from a commit',
    load: async () => (await import('./build.js')).build as Command,
  },
  validate: {
    group: 'Make artefacts',
    summary: 'judge finished zips against the layer rules',
    load: async () => (await import('./validate.js')).validate as Command,
  },
  compare: {
    group: 'Make artefacts',
    summary: 'what changed between two artefacts',
    load: async () => (await import('./compare.js')).compare as Command,
  },
  verify: {
    group: 'Make artefacts',
    summary: 'rebuild a release from its recorded commit and compare',
    load: async () => (await import('./verify.js')).verify as Command,
  },
  release: {
    group: 'Bring them to environments',
    summary: 'gate, build, validate, publish, attach, try, record and tag',
    load: async () => (await import('./release.js')).release as Command,
  },
  deploy: {
    group: 'Bring them to environments',
    summary: 'bring what is recorded to an environment, without building it again',
    load: async () => (await import('./deploy.js')).deploy as Command,
  },
  promote: {
    group: 'Bring them to environments',
    summary: 'bring the same bytes to the next environment',
    load: async () => (await import('./promote.js')).promote as Command,
  },
  rollback: {
    group: 'Bring them to environments',
    summary: 'bring functions back to what is recorded as earlier',
    load: async () => (await import('./rollback.js')).rollback as Command,
  },
  invoke: {
    group: 'Bring them to environments',
    summary: 'call functions and judge what they answer',
    load: async () => (await import('./invoke.js')).invoke as Command,
  },
  resume: {
    group: 'Bring them to environments',
    summary: 'finish an interrupted plan',
    load: async () => (await import('./resume.js')).resume as Command,
  },
  abort: {
    group: 'Bring them to environments',
    summary: 'give an interrupted plan up',
    load: async () => (await import('./abort.js')).abort as Command,
  },
  status: {
    group: 'See what is there',
    summary: 'tag, VERSION, manifest, registry and functions side by side',
    load: async () => (await import('./status.js')).status as Command,
  },
  report: {
    group: 'See what is there',
    summary: 'write a page of environments, releases, sizes and findings',
    load: async () => (await import('./report.js')).report as Command,
  },
  snapshot: {
    group: 'See what is there',
    summary: 'show what every declared function of an environment is configured as',
    load: async () => (await import('./snapshot.js')).snapshot as Command,
  },
  arn: {
    group: 'See what is there',
    summary: 'print the recorded ARN of a layer, for scripts',
    load: async () => (await import('./arn.js')).arn as Command,
  },
  archive: {
    group: 'Keep it clean',
    summary: 'move old months of the archive to the archive bucket',
    load: async () => (await import('./archive.js')).archive as Command,
  },
  gc: {
    group: 'Keep it clean',
    summary: 'list layer versions that nothing references, or delete them',
    load: async () => (await import('./gc.js')).gc as Command,
  },
  clean: {
    group: 'Keep it clean',
    summary: 'remove the workspace and duplicate build folders',
    load: async () => (await import('./clean.js')).clean as Command,
  },
};
