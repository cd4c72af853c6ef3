/** First in, first out. An array's own `shift` moves all that is left, once that is more than some thousands. */
export interface Queue<Item> {
  push(item: Item): void;
  first(): Item | undefined;
  shift(): Item | undefined;
  /** All that is in it, which it gives away. */
  empty(): Item[];
}

export function queue<Item>(): Queue<Item> {
  let items: Item[] = [];
  let head = 0;
  const left = () => items.slice(head);
  return {
    push(item) {
      items.push(item);
    },
    first: () => items[head],
    shift() {
      if (head === items.length) return undefined;
      const item = items[head++];
      if (head > 1024 && head * 2 > items.length) {
        items = left();
        head = 0;
      }
      return item;
    },
    empty() {
      const given = left();
      items = [];
      head = 0;
      return given;
    },
  };
}
