import { isFailure } from '../errors.js';
import { findPlace, installedHooks } from '../hooks/hooks.js';
import { obstacles } from '../hooks/reach.js';
import { hookNames } from '../hooks/shim.js';
import { broken, type Check, missing, note, ok } from './check.js';

export const hooks: Check = async (env) => {
  try {
    const place = await findPlace(env);
    const installed = await installedHooks(env, place);
    const absent = hookNames.filter((hook) => !installed.includes(hook));
    const stated =
      absent.length === 0
        ? ok('hooks', `${installed.join(', ')} in ${place.folder}`)
        : missing('hooks', `${absent.join(', ')} not installed in this clone`, 'Run: layer-policy install');
    const inTheWay = absent.length === 0 ? await obstacles(env, place) : [];
    return [stated, ...inTheWay.map((obstacle) => note('hooks', ...parted(obstacle)))];
  } catch (error) {
    if (!isFailure(error)) throw error;
    return [broken('hooks', error)];
  }
};

/** `What is wrong. Run: command` */
function parted(text: string): [says: string, mend: string] {
  const at = text.lastIndexOf(' Run: ');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
