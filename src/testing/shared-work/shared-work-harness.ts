import type { SharedWork } from "../../ports/index.ts";
import { type CreatedCase, createdCase } from "../created-case.ts";

/** The places for shared work of one kind, under test. */
export interface SharedWorkHarness {
  /** Makes one whose store is its own, with nothing in it. The case that asks closes it. */
  create(): Promise<SharedWorkUnderTest>;
}

/** One place for shared work, and what a test can do to it. */
export interface SharedWorkUnderTest {
  /** Opens the store as one more process would; where one process alone can have it, gives the same again. */
  open(): SharedWork;
  /** Lets the store see that many seconds go by: by a clock that is set, or by waiting. */
  pass(seconds: number): void | Promise<void>;
  /** Cuts the store off from all who opened it. Nothing to be done where it is in this process. */
  takeDown(): void | Promise<void>;
  /** Gives back what it holds. */
  close(): Promise<void>;
}

/** One promise of the `SharedWork` port and how to try it. */
export type SharedWorkCase = CreatedCase<SharedWorkHarness>;

/** Makes a case on a store of its own. */
export const workCase = createdCase<SharedWorkUnderTest, SharedWorkHarness>;
