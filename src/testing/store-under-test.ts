/** One store that processes may share, and what a test can do to it. */
export interface StoreUnderTest<Store> {
  /** Opens the store as one more process would; where one process alone can have it, gives the same again. */
  open(): Store;
  /** Lets the store see that many seconds go by: by a clock that is set, or by waiting. */
  pass(seconds: number): void | Promise<void>;
  /** Cuts the store off from all who opened it. Nothing to be done where it is in this process. */
  takeDown(): void | Promise<void>;
  /** Gives back what it holds. */
  close(): Promise<void>;
}
