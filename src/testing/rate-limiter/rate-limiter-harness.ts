import type { RateLimiter } from "../../ports/index.ts";

/** The rate limiters of one kind, under test. */
export interface RateLimiterHarness {
  /** Makes one whose store is its own, with nothing counted. The case that asks closes it. */
  create(): Promise<RateLimiterUnderTest>;
}

/** One store of counts, and what a test can do to it. */
export interface RateLimiterUnderTest {
  /** Opens the store as one more process would; where one process alone can have it, gives the same again. */
  open(): RateLimiter;
  /** Lets the store see that many seconds go by: by a clock that is set, or by waiting. */
  pass(seconds: number): void | Promise<void>;
  /** Cuts the store off from all who opened it. Nothing to be done where it is in this process. */
  takeDown(): void | Promise<void>;
  /** Gives back what it holds. */
  close(): Promise<void>;
}
