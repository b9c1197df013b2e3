/**
 * Makes a filter that tells whether a tail came before, and takes note of it. A note is a bit, and lasts until `most` to
 * twice as many others were taken: whatever comes again within that is told for sure. A chance likeness, of one tail in
 * sixteen at most, keeps a token one time too early. Takes 8 bytes for each of `most`.
 *
 * Tokens that come once, as from programs that ask for a new one each time, are not worth keeping: it takes a tenth of the
 * time of verifying them, most of it the collector's, and drives those out that come again.
 */
export function createDoorkeeper(most: number): (tail: number) => boolean {
  let younger = new Uint32Array(most);
  let older = new Uint32Array(most);
  let taken = 0;
  return (tail) => {
    const at = (tail >>> 0) % most;
    const bit = 1 << (tail >>> 27);
    if (hasBit(younger, at, bit)) return true;
    const isNoted = hasBit(older, at, bit);
    if (taken === most) {
      [younger, older] = [older.fill(0), younger];
      taken = 0;
    }
    younger[at] = Number(younger[at]) | bit;
    taken += 1;
    return isNoted;
  };
}

function hasBit(words: Uint32Array, at: number, bit: number): boolean {
  return (Number(words[at]) & bit) !== 0;
}
