import { failure } from '../../errors.js';

/** Keys that mean the same in a folder and in a bucket. Fails with `registry-refused`. */
export function validKey(environment: string, key: string): string {
  const isPlain = /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/.test(key) && key.length <= 512;
  if (!isPlain) throw failure('registry-refused', { environment, what: `key ${JSON.stringify(key.slice(0, 100))}` });
  return key;
}

/** As Lambda takes them, so that what works in a folder works there. */
export function validLayerName(environment: string, name: string): string {
  if (/^[a-zA-Z0-9_-]{1,140}$/.test(name)) return name;
  throw failure('registry-refused', { environment, what: `layer name ${JSON.stringify(name.slice(0, 150))}` });
}

export function validDescription(environment: string, description: string): string {
  if (description.length <= 256) return description;
  throw failure('registry-refused', { environment, what: 'description of more than 256 characters' });
}

/** A key that holds other bytes than it is asked for. */
export function conflict(environment: string, key: string, there: string, here: string) {
  const name = artefactName(key);
  return failure('object-conflict', { key, environment, there: there.slice(0, 16), here: here.slice(0, 16), name });
}

/** `layers/inbox-core-1.0.0.zip` → `inbox-core` */
export function artefactName(key: string): string {
  return key.replace(/^.*\//, '').replace(/-\d+\.\d+\.\d+\.zip$/, '');
}
