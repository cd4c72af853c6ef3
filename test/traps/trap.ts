import { it } from 'vitest';
import { type TrapId, traps } from './index.js';

/** The test of a trap, or of one of its variants. Its title begins with the trap's number. */
export function trap(id: TrapId, ...rest: [body: Body] | [variant: string, body: Body]): void {
  const [variant, body] = rest.length === 1 ? ['', rest[0]] : [`: ${rest[0]}`, rest[1]];
  it(`${id}: ${traps[id]}${variant}`, body);
}

type Body = () => void | Promise<void>;
