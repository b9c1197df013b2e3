/** What authenticators write: integers, byte strings, texts and maps. */
export type CborValue =
  | number
  | string
  | Uint8Array
  | ReadonlyMap<number | string, CborValue>
  | readonly CborValue[];

/** Encodes a value as CBOR (RFC 8949), maps in the order that they are in. */
export function encodeCbor(value: CborValue): Uint8Array<ArrayBuffer> {
  if (typeof value === "number") return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === "string") {
    const text = new TextEncoder().encode(value);
    return concat(head(3, text.length), text);
  }
  if (value instanceof Uint8Array) return concat(head(2, value.length), value);
  if (isList(value)) return concat(head(4, value.length), ...value.map(encodeCbor));
  const members = [...value].flatMap(([key, member]) => [encodeCbor(key), encodeCbor(member)]);
  return concat(head(5, value.size), ...members);
}

/** Puts bytes one after the other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function isList(value: CborValue): value is readonly CborValue[] {
  return Array.isArray(value);
}

/** The major type and the length, or the number itself. */
function head(major: number, count: number): Uint8Array<ArrayBuffer> {
  const type = major << 5;
  if (count < 24) return Uint8Array.of(type | count);
  if (count < 256) return Uint8Array.of(type | 24, count);
  return Uint8Array.of(type | 25, count >> 8, count & 0xff);
}
