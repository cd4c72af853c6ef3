import { setTimeout } from 'node:timers/promises';
import type { Target } from '../../ports.js';
import { authorities } from '../authorities.js';
import type { Aws } from './aws.js';
import { caller } from './call.js';
import { awsClients } from './clients.js';
import { followClock } from './clock.js';
import { endpointsOf, refuseForProduction } from './endpoint.js';
import { checkIdentity } from './identity.js';
import { pacer } from './pace.js';
import { chooseProfile, type Vars } from './profile.js';
import { awsTarget } from './target.js';

export interface AwsOptions {
  vars: Vars;
  /** This tool's version. */
  version: string;
  /** A line about each request. */
  say(line: string): void;
  /** What people must see whatever they asked for. */
  warn(line: string): void;
  pause?(ms: number): Promise<void>;
  patience?: number;
  perSecond?: number;
}

/** Finds credentials and asks whose they are, before anything else is asked. Fails with `aws-…`. */
export async function openAws(declared: Target, options: AwsOptions): Promise<Aws> {
  const { vars, version, say, warn, pause = (ms) => setTimeout(ms), patience = 60_000, perSecond = 8 } = options;
  const chosen = await chooseProfile(declared.profile, vars);
  const target = awsTarget(declared, chosen.profile);
  const endpoints = endpointsOf(vars, chosen.endpoint);
  refuseForProduction(target.name, endpoints);
  if (endpoints.from.length > 0) warn(`Not AWS itself, by ${endpoints.from.join(', ')}`);
  const clients = awsClients(target, endpoints, version, authorities(vars.AWS_CA_BUNDLE));
  const call = caller(target, { vars, pause, patience, say });
  await checkIdentity({ target, clients, call });
  followClock(clients, warn);
  return { target, clients, call, paced: pacer({ perSecond, atOnce: 3 }, pause), pause };
}
