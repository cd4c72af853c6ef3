/** Runs at most so many at once, and begins at most so many a second. The control plane takes 15 for all its users together. */
export function pacer(
  { perSecond, atOnce }: { perSecond: number; atOnce: number },
  pause: (ms: number) => Promise<void>,
) {
  const begun: number[] = [];
  const waiting: (() => void)[] = [];
  let running = 0;
  let turn = Promise.resolve();

  async function begin(): Promise<void> {
    if (running >= atOnce) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    turn = turn.then(async () => {
      const oldest = begun.length < perSecond ? undefined : begun.shift();
      const wait = oldest === undefined ? 0 : oldest + 1000 - performance.now();
      if (wait > 0) await pause(wait);
      begun.push(performance.now());
    });
    await turn;
  }

  function end(): void {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }

  return async <Answer>(run: () => Promise<Answer>): Promise<Answer> => {
    await begin();
    try {
      return await run();
    } finally {
      end();
    }
  };
}
