import type { SharedWork } from "../../ports/index.ts";
import { type CreatedCase, createdCase } from "../created-case.ts";
import type { StoreUnderTest } from "../store-under-test.ts";

/** The places for shared work of one kind, under test. */
export interface SharedWorkHarness {
  /** Makes one whose store is its own, with nothing in it. The case that asks closes it. */
  create(): Promise<SharedWorkUnderTest>;
}

/** One place for shared work, and what a test can do to it. */
export interface SharedWorkUnderTest extends StoreUnderTest<SharedWork> {}

/** One promise of the `SharedWork` port and how to try it. */
export type SharedWorkCase = CreatedCase<SharedWorkHarness>;

/** Makes a case on a store of its own. */
export const workCase = createdCase<SharedWorkUnderTest, SharedWorkHarness>;
