import { spawnSync } from 'node:child_process';

/** One way to do a piece of work. The first of a list is what the others are compared with. */
export interface Variant {
  name: string;
  /** Program and arguments; must end with 0. */
  command: readonly [string, ...string[]];
  cwd: string;
  env: Record<string, string>;
  stdin?: string;
  /** Before each run, not timed. */
  prepare?: () => void;
}

export interface Row {
  name: string;
  /** Median wall time, milliseconds. */
  ms: number;
  /** Of the paired ratios to the first variant: both sides of a pair ran next to each other. */
  ratio: { median: number; least: number; most: number };
}

/** Runs A B C A B C …, so that a slow moment of the machine falls on all of them; one round more, not counted, warms up. */
export function measure(variants: readonly Variant[], runs: number): Row[] {
  const times = variants.map((): number[] => []);
  for (let run = -1; run < runs; run++) {
    for (const [i, variant] of variants.entries()) {
      variant.prepare?.();
      const ms = time(variant);
      if (run >= 0) times[i]?.push(ms);
    }
  }
  const [base = []] = times;
  return variants.map(({ name }, i) => {
    const own = times[i] ?? [];
    const ratios = own.map((ms, run) => ms / (base[run] ?? Number.NaN));
    const ratio = { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) };
    return { name, ms: median(own), ratio };
  });
}

function time({ name, command: [program, ...args], cwd, env, stdin = '' }: Variant): number {
  const start = process.hrtime.bigint();
  const done = spawnSync(program, args, { cwd, env, input: stdin, stdio: ['pipe', 'ignore', 'pipe'] });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  // A run that failed measured something else.
  if (done.status !== 0) throw new Error(`${name} ended with ${done.status}\n${done.stderr}`, { cause: done.error });
  return ms;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
