import type { Call } from './call.js';
import type { Clients } from './clients.js';
import type { pacer } from './pace.js';
import type { AwsTarget } from './target.js';

/** One environment in the cloud, with credentials that are its account's. */
export interface Aws {
  target: AwsTarget;
  clients: Clients;
  call: Call;
  /** Lambda's control plane: at most 3 at once and 8 a second. */
  paced: ReturnType<typeof pacer>;
  pause(ms: number): Promise<void>;
}
