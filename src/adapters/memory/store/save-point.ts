/** A part whose state can be saved. */
export interface SavePoint {
  /** Remembers the state as it is now, and gives what brings it back, any number of times. */
  save(): () => void;
}

/** Saves the state of many as one. */
export function saveAll(parts: readonly SavePoint[]): () => void {
  const restorers = parts.map((part) => part.save());
  return () => {
    for (const restore of restorers) restore();
  };
}
