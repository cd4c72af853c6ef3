import { compareVersions, isVersion, type Version } from '../../layer/version.js';
import { equal } from './direction.js';
import { type Weakening, weakening } from './weakening.js';

/** The oldest tool that may judge. Of the usual forms (`>=1.2.0`, `^1.2.0`) it is known which is newer. */
export function weakerRequires(what: string, was: string | null, is: string | null): Weakening[] {
  if (was === null || equal(was, is)) return [];
  if (is === null) return [weakening(what, was, is)];
  const [before, after] = [oldest(was), oldest(is)];
  if (before === null || after === null) return [weakening(what, was, is, 'unclear')];
  return compareVersions(after, before) >= 0 ? [] : [weakening(what, was, is)];
}

function oldest(range: string): Version | null {
  const version = /^\s*(?:>=|\^|~|=)?\s*v?(\d+(?:\.\d+){0,2})\s*$/.exec(range)?.[1];
  // `v2` of an action is the newest of them.
  const whole = version?.replace(/^\d+$/, '$&.0').replace(/^\d+\.\d+$/, '$&.0');
  return whole !== undefined && isVersion(whole) ? whole : null;
}
