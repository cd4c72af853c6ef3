import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { failure } from '../../errors.js';
import { iniProfiles } from './ini.js';

export type Vars = Record<string, string | undefined>;

/** Whose credentials are used: a profile of this machine, or what the environment brings (null). */
export interface Chosen {
  profile: string | null;
  /** `endpoint_url` of the profile. */
  endpoint: string | null;
}

/**
 * The policy's profile where this machine has it; in CI, which has none, the credentials of the job. Which account they
 * are of is checked in any case. Fails with `aws-profile-missing`: the SDK would say "could not load credentials".
 */
export async function chooseProfile(wanted: string | undefined, vars: Vars): Promise<Chosen> {
  const profiles = await profilesHere(vars);
  const named = wanted ?? vars.AWS_PROFILE;
  const profile = named === undefined ? undefined : profiles.get(named);
  if (named !== undefined && profile !== undefined) {
    return { profile: named, endpoint: profile.get('endpoint_url') ?? null };
  }
  if (named === undefined || bringsCredentials(vars)) return { profile: null, endpoint: null };
  const there = [...profiles.keys()].sort().join(', ') || 'none';
  throw failure('aws-profile-missing', { profile: named, there });
}

const bringsCredentials = (vars: Vars) =>
  [
    ...['AWS_ACCESS_KEY_ID', 'AWS_WEB_IDENTITY_TOKEN_FILE'],
    ...['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'],
  ].some((name) => vars[name]);

async function profilesHere(vars: Vars): Promise<Map<string, Map<string, string>>> {
  const home = vars.HOME ?? vars.USERPROFILE ?? homedir();
  const config = await textOf(vars.AWS_CONFIG_FILE ?? join(home, '.aws', 'config'));
  const credentials = await textOf(vars.AWS_SHARED_CREDENTIALS_FILE ?? join(home, '.aws', 'credentials'));
  const all = iniProfiles(config, 'config');
  for (const [name, settings] of iniProfiles(credentials, 'credentials')) {
    all.set(name, new Map([...settings, ...(all.get(name) ?? [])]));
  }
  return all;
}

function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}
