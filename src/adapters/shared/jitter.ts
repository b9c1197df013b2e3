/**
 * Shortens a time by up to a tenth at random, so that the instances of a service do not act in step. Asks for
 * randomness only when called, as Workers have none while they load.
 */
export function jittered(ms: number): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return ms * (1 - random / 2 ** 32 / 10);
}
