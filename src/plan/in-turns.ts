/** As many as may be at work at once: an account takes fifteen calls a second from everybody together. */
const usual = 3;

/** Does it for each, three at a time unless told, and tells how many are done; the first failure ends it, when those at work have come to their end. */
export async function inTurns<One, Result>(
  all: readonly One[],
  act: (one: One) => Promise<Result>,
  { atOnce = usual, ended = () => {} }: { atOnce?: number; ended?: (count: number) => void } = {},
): Promise<Result[]> {
  const results = new Map<One, Result>();
  const waiting = [...all];
  let hasFailed = false;
  const worker = async () => {
    for (let one = waiting.shift(); one !== undefined && !hasFailed; one = waiting.shift()) {
      try {
        results.set(one, await act(one));
        ended(results.size);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return all.map((one) => results.get(one) as Result);
}
