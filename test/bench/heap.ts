import process from "node:process";

/** Gives what the heap holds after a collection, in bytes, and what it keeps outside of itself. */
export function heapInUse(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
