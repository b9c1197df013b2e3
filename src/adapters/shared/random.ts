/** Gives that many bytes that nobody can foresee. */
export type RandomBytes = (length: number) => Uint8Array<ArrayBuffer>;

/** Makes a UUID of version 4 (RFC 9562 section 5.4). */
export function randomUuid(randomBytes: RandomBytes): string {
  return uuidOf(randomBytes(16));
}

/** Makes a UUID of version 4 from bytes that are as good as random: the first sixteen. */
export function uuidOf(randomness: Uint8Array): string {
  const bytes = Uint8Array.from(randomness.subarray(0, 16));
  const view = new DataView(bytes.buffer);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x40);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Makes a code of so many digits, nine at most, each code as likely as any other. */
export function randomCode(randomBytes: RandomBytes, digits = 6): string {
  return String(randomBelow(randomBytes, 10 ** digits)).padStart(digits, "0");
}

/** Draws a number below a limit, each as likely as any other: what would favour the low ones is drawn again. */
export function randomBelow(randomBytes: RandomBytes, limit: number): number {
  const fairRange = 2 ** 32 - (2 ** 32 % limit);
  let drawn: number;
  do {
    const { buffer, byteOffset } = randomBytes(4);
    drawn = new DataView(buffer, byteOffset).getUint32(0);
  } while (drawn >= fairRange);
  return drawn % limit;
}
