import type { ReplayStore } from "../../ports/index.ts";

/** The replay stores of one kind, under test. */
export interface ReplayStoreHarness {
  /**
   * Makes one that is its own, with nothing in it. The case that asks closes it.
   *
   * @param room - the number of ids that it is to have room for, of a store whose room is bounded
   */
  create(room?: number): Promise<ReplayStoreUnderTest>;
}

/** One store of ids that were used, and what a test can do to it. Its time begins with that of this machine. */
export interface ReplayStoreUnderTest {
  /** Opens the store as one more process would; where one process alone can have it, gives the same again. */
  open(): ReplayStore;
  /** Lets the store see that many seconds go by: by a clock that is set, or by waiting. */
  pass(seconds: number): void | Promise<void>;
  /** Cuts the store off from all who opened it. Nothing to be done where it is in this process. */
  takeDown(): void | Promise<void>;
  /** Gives back what it holds. */
  close(): Promise<void>;
}
