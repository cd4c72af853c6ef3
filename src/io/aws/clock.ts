import type { Clients } from './clients.js';

/** Milliseconds that AWS lets pass. The SDK counts any offset, the second that its answers round to as well. */
const tolerated = 5 * 60_000;

/**
 * AWS takes no signature that is five minutes off. The SDK corrects itself by the first answer, and sends its request again;
 * what writes is sent once. So the first question, whose caller this is, tells all clients the time.
 */
export function followClock({ sts, lambda, s3 }: Clients, warn: (line: string) => void): void {
  const ahead = sts.config.systemClockOffset;
  if (Math.abs(ahead) < tolerated) return;
  for (const { config } of [...Object.values(lambda), ...Object.values(s3)]) config.systemClockOffset = ahead;
  const minutes = Math.round(Math.abs(ahead) / 60_000);
  warn(
    `The clock of this machine is ${minutes} minutes ${ahead < 0 ? 'ahead of' : 'behind'} that of AWS, which counts here`,
  );
}
