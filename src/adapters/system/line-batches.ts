/** A printer of lines, and how to have it print those that it holds back. */
export interface LineBatches {
  readonly print: (line: string) => void;
  /** Prints now what would be printed later: for the end of the process. */
  readonly flush: () => void;
}

/** The most that is held back, in UTF-16 code units. */
const longestBatch = 32_768;

/**
 * Prints the lines of one turn of the event loop together, as to print is a system call, which takes longer than to answer
 * a request. Nothing is held back any longer than that, and nothing is lost but by what ends the process in the middle of
 * a turn without telling it, as SIGKILL does.
 *
 * @param print - prints some text and a line break after it
 * @param afterTurn - calls back when the turn is over: `setImmediate`
 */
export function createLineBatches(
  print: (text: string) => void,
  afterTurn: (callback: () => void) => void,
): LineBatches {
  let batch: string | undefined;
  const flush = () => {
    if (batch === undefined) return;
    const text = batch;
    // First, as printing may fail.
    batch = undefined;
    print(text);
  };
  return {
    print(line) {
      if (batch === undefined) {
        batch = line;
        afterTurn(flush);
      } else batch = `${batch}\n${line}`;
      if (batch.length > longestBatch) flush();
    },
    flush,
  };
}
