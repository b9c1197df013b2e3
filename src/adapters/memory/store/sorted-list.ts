import type { SavePoint } from "./save-point.ts";

/** A place in a {@link SortedList}: among items of one key, that of the lower serial comes first. */
export interface Place<Key> {
  readonly key: Key;
  readonly serial: number;
}

/** Items in order of their places, each of which is found in a few steps however many there are. */
export interface SortedList<Key, Item> extends SavePoint {
  readonly size: number;
  /** Puts an item in a place, instead of one that is there. */
  put(place: Place<Key>, item: Item): void;
  /** Takes the item out of a place, if there is one. */
  delete(place: Place<Key>): void;
  /**
   * Gives the items in order. The list must not be changed until the last was taken.
   *
   * @param after - the place that they come after, whether there is an item or not. @default all are given
   */
  from(after?: Place<Key>): Iterable<Item>;
}

/** Most items of a chunk: to add one, half of them are moved on average. */
const chunkSize = 256;

/**
 * Makes an empty list. The items lie in chunks, as in a tree with two levels of nodes: to look for a place halves the
 * chunks and then the chunk, and what is added or taken out moves the items of one chunk only. The keys lie beside
 * them, so that the items themselves, which may be anywhere in the memory, are not read for it.
 *
 * @param serialOf - gives the serial of an item's place, which is read where keys are the same
 */
export function createSortedList<Key extends string | number, Item extends object>(
  serialOf: (item: Item) => number,
): SortedList<Key, Item> {
  let keys: Key[][] = [];
  let items: Item[][] = [];
  let size = 0;

  /** Tells how an item stands to a place: by a negative number, where it comes before. */
  function compare(chunk: number, index: number, { key, serial }: Place<Key>): number {
    const own = keys[chunk]?.[index];
    if (own === undefined) return 1;
    if (own !== key) return own < key ? -1 : 1;
    const item = items[chunk]?.[index];
    return item ? serialOf(item) - serial : 1;
  }

  /** Finds the first item that comes after a place, or is in it: past the last chunk, where none does. */
  function find(place: Place<Key>, isInPlaceToo: boolean) {
    const most = isInPlaceToo ? -1 : 0;
    const isBefore = (chunk: number, index: number) =>
      Math.sign(compare(chunk, index, place)) <= most;
    const lengthOf = (chunk: number) => keys[chunk]?.length ?? 0;
    const chunk = countWhile(keys.length, (at) => isBefore(at, lengthOf(at) - 1));
    return { chunk, index: countWhile(lengthOf(chunk), (at) => isBefore(chunk, at)) };
  }

  function insert(key: Key, item: Item, at: ReturnType<typeof find>): void {
    // The last chunk takes what comes after all others, as long as there is room.
    const isLast = at.chunk === keys.length && (keys.at(-1)?.length ?? chunkSize) < chunkSize;
    const chunk = isLast ? at.chunk - 1 : at.chunk;
    const index = isLast ? (keys[chunk]?.length ?? 0) : at.index;
    insertInto(keys, chunk, index, key);
    insertInto(items, chunk, index, item);
  }

  return {
    get size() {
      return size;
    },
    put(place, item) {
      const at = find(place, true);
      const chunk = items[at.chunk];
      if (chunk && compare(at.chunk, at.index, place) === 0) chunk[at.index] = item;
      else {
        insert(place.key, item, at);
        size += 1;
      }
    },
    delete(place) {
      const { chunk, index } = find(place, true);
      if (compare(chunk, index, place) !== 0) return;
      for (const chunks of [keys, items]) deleteFrom<Key | Item>(chunks, chunk, index);
      size -= 1;
    },
    *from(after) {
      let { chunk, index } = after ? find(after, false) : { chunk: 0, index: 0 };
      for (let inside = items[chunk]; inside; inside = items[chunk]) {
        for (let item = inside[index]; item; item = inside[index]) {
          yield item;
          index += 1;
        }
        chunk += 1;
        index = 0;
      }
    },
    save() {
      const saved = { keys: copyOf(keys), items: copyOf(items), size };
      return () => {
        keys = copyOf(saved.keys);
        items = copyOf(saved.items);
        size = saved.size;
      };
    },
  };
}

/** Counts the numbers from 0 on, up to a length, that something holds for: where it holds for one, it does for those before. */
function countWhile(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Inserts into a chunk, which is made where there is none, and halved where it grows too long. */
function insertInto<Entry>(chunks: Entry[][], at: number, index: number, entry: Entry): void {
  const chunk = chunks[at];
  if (!chunk) {
    chunks.push([entry]);
    return;
  }
  chunk.splice(index, 0, entry);
  if (chunk.length > chunkSize) chunks.splice(at + 1, 0, chunk.splice(chunkSize / 2));
}

/** Deletes from a chunk, and the chunk with its last. */
function deleteFrom<Entry>(chunks: Entry[][], at: number, index: number): void {
  const chunk = chunks[at];
  chunk?.splice(index, 1);
  if (chunk?.length === 0) chunks.splice(at, 1);
}

function copyOf<Entry>(chunks: readonly (readonly Entry[])[]): Entry[][] {
  return chunks.map((chunk) => [...chunk]);
}
