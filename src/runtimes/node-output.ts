import { Buffer } from "node:buffer";
import { writeSync } from "node:fs";

/** Lines on their way out. */
export interface LineOutput {
  readonly print: (line: string) => void;
  /** Waits until all lines are written: for the end of the process, where nothing else can be waited for. */
  readonly end: () => void;
}

/** The text of a turn that is not held back any longer, in UTF-16 code units. */
const longestBatch = 32_768;

/** The time after which a reader that has no room for more is tried again, in milliseconds. */
const retryMs = 10;

/** The time that the end of the process waits for such a reader, in milliseconds. */
const endPatienceMs = 2_000;

/**
 * Writes the lines of one turn of the event loop together, as a write is a system call, which takes longer than to answer a
 * request. Where the reader of a pipe has no room for more, they wait in memory, and the service goes on.
 *
 * Lines are lost only by what ends the process in the middle of a turn without telling it, as SIGKILL does, and where
 * nobody reads. What `console.log` has written and a pipe had no room for is lost when the process exits.
 *
 * @param fd - the file descriptor: 1 is standard output
 */
export function createLineOutput(fd: number): LineOutput {
  let batch = "";
  let waiting: Buffer[] = [];
  let isScheduled = false;

  /** Writes until there is no more, or no room for it. */
  function write(): void {
    isScheduled = false;
    if (batch !== "") waiting.push(Buffer.from(batch));
    batch = "";
    try {
      for (let [first] = waiting; first; [first] = waiting) {
        const rest = first.subarray(writeSync(fd, first));
        if (rest.length > 0) waiting[0] = rest;
        else waiting.shift();
      }
    } catch (error) {
      if (!isFull(error)) waiting = [];
    }
    if (waiting.length > 0) schedule(() => setTimeout(write, retryMs));
  }

  function schedule(callLater: () => unknown): void {
    if (!isScheduled) callLater();
    isScheduled = true;
  }

  return {
    print(line) {
      batch += `${line}\n`;
      if (batch.length > longestBatch && waiting.length === 0) write();
      else schedule(() => setImmediate(write));
    },
    end() {
      const deadline = performance.now() + endPatienceMs;
      write();
      while (waiting.length > 0 && performance.now() < deadline) {
        Atomics.wait(sleeper, 0, 0, retryMs);
        write();
      }
    },
  };
}

/** Nobody ever wakes it, so that to wait for it is to sleep. */
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** Tells a pipe that has no room from one that nobody reads, or whatever else makes writing vain. */
function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EAGAIN";
}
