import { parseCommandLine } from './args.js';
import type { FlagSpec, Flags } from './commands/command.js';
import { commands } from './commands/index.js';
import { realEnv, version } from './env.js';
import { type ExitCode, type Failure, failure, isFailure } from './errors.js';
import { commandHelp, programHelp } from './help.js';
import { nearest } from './layer/names.js';
import { policyFiles } from './layer/policy-files.js';
import { printable } from './layer/printable.js';
import { usualTips } from './policy/base.js';
import type { Env, Out } from './ports.js';
import { jsonText } from './report/json.js';

/** argv → command → outcome → exit code. The only place that catches. */
export async function main(host: NodeJS.Process): Promise<ExitCode> {
  const argv = host.argv.slice(2);
  const has = (flag: string) => argv.includes(flag);
  const env = realEnv(host, {
    cwd: optionValue(argv, '--cwd'),
    color: !has('--no-color'),
    quiet: has('--quiet') || has('-q'),
    verbose: has('--verbose'),
  });
  if (has('pre-commit')) askAhead(env);
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      host.once(signal, () => reject(failure('interrupted', {})));
  });
  try {
    return await Promise.race([run(env, argv), interrupted]);
  } catch (error) {
    const known = isFailure(error)
      ? error
      : failure('bug', { problem: error instanceof Error ? error.message : String(error) }, error);
    env.out.settle();
    sayFailure(env.out, known, { json: has('--json'), verbose: has('--verbose') });
    // What was going on would go on behind the prompt; every step can be stopped anywhere, so it is.
    if (known.code === 'interrupted') host.exit(known.exit);
    return known.exit;
  } finally {
    env.close();
  }
}

async function run(env: ReturnType<typeof realEnv>, argv: string[]): Promise<ExitCode> {
  const { out } = env;
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    if (rest.includes('--json')) throw failure('help-json', { line: 'layer-policy --help' });
    out.stdout(programHelp(commands, version, out.style));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-V') {
    out.stdout(`${version}\n`);
    return 0;
  }
  const listed = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (listed === undefined) {
    const near = nearest(name, Object.keys(commands));
    throw failure('unknown-command', { name, nearest: near === null ? '' : ` Did you mean '${near}'?` });
  }
  const command = await listed.load();
  const { flags, args } = parseCommandLine(command, rest);
  if (flags.help) {
    if (flags.json) throw failure('help-json', { line: `layer-policy ${name} --help` });
    out.stdout(commandHelp(command, out.style));
    return 0;
  }
  const outcome = await command.run(env, flags as Flags<Record<string, FlagSpec>>, args);
  const quiet = flags.quiet === true && outcome.exit === 0;
  if (flags.json) {
    out.stdout(jsonText(outcome.document));
  } else if (outcome.report !== undefined) {
    out.stdout(outcome.report);
    if (!quiet) out.stderr(outcome.text(out.styleError));
  } else if (!quiet) {
    out.stdout(outcome.text(out.style));
  }
  return outcome.exit;
}

function sayFailure(out: Out, error: Failure, how: { json: boolean; verbose: boolean }) {
  if (how.json) {
    const document = { schema: 1, ok: false, error: { code: error.code, message: error.message, hint: error.hint } };
    out.stdout(jsonText(document));
  }
  const style = out.styleError;
  const lines = [`${style.red('✖')} ${printable(error.message, 4096)}`];
  if (error.hint !== '') lines.push(`  ${style.dim('→')} ${printable(error.hint, 4096)}`);
  if (how.verbose) lines.push('', String(error.cause instanceof Error ? error.cause.stack : error.stack));
  out.stderr(`${lines.join('\n')}\n`);
}

/** The questions every commit hook asks: git starts on them while the command that asks is still being loaded. */
function askAhead({ git }: Env): void {
  git.ahead([
    'HEAD^{commit}',
    'HEAD^{tree}',
    ...policyFiles.map((file) => `HEAD:${file}`),
    'HEAD:VERSION',
    'MERGE_HEAD^{commit}',
    ...usualTips,
  ]);
  git.staged().catch(() => {});
}

/** `--cwd` is needed before the command that would parse it is known. */
function optionValue(argv: string[], flag: string): string | undefined {
  const at = argv.findIndex((arg) => arg === flag || arg.startsWith(`${flag}=`));
  if (at === -1) return undefined;
  return argv[at]?.includes('=') ? argv[at]?.slice(flag.length + 1) : argv[at + 1];
}
