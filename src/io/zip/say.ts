import type { ZipProblem } from '../../ports.js';

/** Notes what is wrong, with the zip or with the entry named. */
export type Say = (kind: ZipProblem['kind'], path: string | null, what: string, habit?: ZipProblem['habit']) => void;
