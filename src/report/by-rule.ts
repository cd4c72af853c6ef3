/** What each rule found, rules by name, so that a report does not depend on the order of files. */
export function byRule<Found extends { rule: string }>(all: readonly Found[]): [rule: string, Found[]][] {
  const groups = new Map<string, Found[]>();
  for (const one of all) {
    const group = groups.get(one.rule);
    if (group) group.push(one);
    else groups.set(one.rule, [one]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
