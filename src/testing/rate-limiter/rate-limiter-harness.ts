import type { RateLimiter } from "../../ports/index.ts";
import type { StoreUnderTest } from "../store-under-test.ts";

/** The rate limiters of one kind, under test. */
export interface RateLimiterHarness {
  /** Makes one whose store is its own, with nothing counted. The case that asks closes it. */
  create(): Promise<RateLimiterUnderTest>;
}

/** One store of counts, and what a test can do to it. */
export interface RateLimiterUnderTest extends StoreUnderTest<RateLimiter> {}
