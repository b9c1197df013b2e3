import type { ReplayStore } from "../../ports/index.ts";
import type { StoreUnderTest } from "../store-under-test.ts";

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
export interface ReplayStoreUnderTest extends StoreUnderTest<ReplayStore> {}
