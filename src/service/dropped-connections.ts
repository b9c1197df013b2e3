/** The connections that were closed at once, as there were as many as there may be. */
export interface DroppedConnections {
  /** How many there were since the server started: for a metric. */
  readonly total: number;
  /** Counts one more. */
  add(): void;
  /** Tells of those that nobody was told of: when the server closes. */
  end(): void;
}

/** The time between two times that somebody is told, in milliseconds: a flood of connections is not to be one of lines. */
const quietMs = 60_000;

/**
 * Counts dropped connections.
 *
 * @param tell - is told of the first at once, and then at most once a minute how many more there were
 */
export function countDroppedConnections(tell: (count: number) => void): DroppedConnections {
  let total = 0;
  let told = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tellOfNew = () => {
    const count = total - told;
    told = total;
    if (count > 0) tell(count);
  };
  const tellAndWait = () => {
    tellOfNew();
    timer = setTimeout(() => {
      timer = undefined;
      if (total > told) tellAndWait();
    }, quietMs);
  };
  return {
    get total() {
      return total;
    },
    add() {
      total += 1;
      if (timer === undefined) tellAndWait();
    },
    end() {
      clearTimeout(timer);
      tellOfNew();
    },
  };
}
