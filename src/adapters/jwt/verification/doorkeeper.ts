/** The number of tails that are noted, in 128 KiB: three for each token that is kept. A power of two. */
const notes = 32_768;

/**
 * Makes a filter that tells whether a tail came before, and takes note of it. A newer note may take an older one's
 * place, which costs a token that comes again one more check of its signature; a chance likeness keeps a token one time
 * too early.
 *
 * Tokens that come once, as from programs that ask for a new one each time, are not worth keeping: it takes a tenth of the
 * time of verifying them, most of it the collector's, and drives those out that come again.
 */
export function createDoorkeeper(): (tail: number) => boolean {
  const noted = new Int32Array(notes);
  return (tail) => {
    const at = tail & (notes - 1);
    const isNoted = noted[at] === tail;
    noted[at] = tail;
    return isNoted;
  };
}
