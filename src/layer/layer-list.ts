/** A layer version's ARN without its version: what makes two ARNs versions of one layer. */
export const layerOf = (arn: string) => arn.replace(/:\d+$/, '');

/** A function's layer list with these versions in it: in place of another version of the same layer, else at the end. */
export function withLayers(list: readonly string[], wanted: readonly string[]): string[] {
  const fresh = new Map(wanted.map((arn) => [layerOf(arn), arn]));
  const kept = list.map((arn) => fresh.get(layerOf(arn)) ?? arn);
  const there = new Set(list.map(layerOf));
  return [...kept, ...wanted.filter((arn) => !there.has(layerOf(arn)))];
}

export const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((one, i) => one === b[i]);
