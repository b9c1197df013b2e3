import process from "node:process";

/** Gives the bytes that are in use after a collection, on the heap and, kept by it, outside of it. */
export function heapInUse(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
