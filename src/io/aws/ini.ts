/**
 * The sections of an AWS config or credentials file by profile name. Lines that are no section and no setting are passed
 * over, as the SDK does; of nested settings only the first level is told.
 */
export function iniProfiles(text: string, file: 'config' | 'credentials'): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  let current: Map<string, string> | null = null;
  for (const line of text.split(/\r?\n/)) {
    const [, section] = /^\s*\[([^\]]+)\]/.exec(line) ?? [];
    if (section !== undefined) {
      const name = profileName(section.trim(), file);
      current = name === null ? null : (found.get(name) ?? new Map());
      if (name !== null && current !== null) found.set(name, current);
      continue;
    }
    const [, key, value] = /^([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) current?.set(key, value);
  }
  return found;
}

function profileName(section: string, file: 'config' | 'credentials'): string | null {
  if (file === 'credentials' || section === 'default') return section;
  return /^profile\s+["']?(.+?)["']?$/.exec(section)?.[1] ?? null;
}
