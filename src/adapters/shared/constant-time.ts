/** Compares in a time that depends on the lengths only, so that it does not tell how much of a guess was right. */
export function isSame(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (const [index, byte] of left.entries()) difference |= byte ^ (right[index] ?? 0);
  return difference === 0;
}

/** As {@link isSame}, of texts. */
export function isSameText(left: string, right: string): boolean {
  const utf8 = new TextEncoder();
  return isSame(utf8.encode(left), utf8.encode(right));
}
