import { expand } from './names.js';
import { isVersion, type Version } from './version.js';

const placeholder = '{version}';

/** The version in a tag's name; null where the name is not of this template. */
export function versionInTag(template: string, tag: string): Version | null {
  const [before = '', ...rest] = template.split(placeholder);
  // However often the template has it, it is the same everywhere.
  const length = (tag.length - (template.length - rest.length * placeholder.length)) / rest.length;
  const version = tag.slice(before.length, before.length + length);
  return isVersion(version) && expand(template, { version }) === tag ? version : null;
}
