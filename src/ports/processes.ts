/** A process, known again even when the system gives its number to another. */
export interface Holder {
  host: string;
  /** Of this start of the machine; null where the system tells none. */
  boot: string | null;
  pid: number;
  /** When the process started, in the system's own words; null where it tells none. */
  started: string | null;
}

/** Who wants to hold something, and what for. */
export interface Claim extends Holder {
  /** What it runs. */
  command: string;
  /** ISO 8601, UTC. */
  since: string;
}

export interface Processes {
  self(): Promise<Holder>;
  /** Whether it still runs; of another machine nobody knows, so it counts as running. */
  isAlive(holder: Holder): Promise<boolean>;
}
