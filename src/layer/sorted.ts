/** Where, from one place up to another, something begins to hold; the other one, where it never does. */
export function firstPlace(first: number, end: number, holds: (at: number) => boolean): number {
  let low = first;
  let high = end;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
