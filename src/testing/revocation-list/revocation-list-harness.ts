import type { RevocationList } from "../../ports/index.ts";
import type { StoreUnderTest } from "../store-under-test.ts";

/** The revocation lists of one kind, under test. */
export interface RevocationListHarness {
  /** Makes a list of its own, with nothing in it. The case that asks closes it. */
  create(): Promise<RevocationListUnderTest>;
}

/** One list, and what a test can do to it. */
export interface RevocationListUnderTest extends StoreUnderTest<RevocationList> {
  /** The time that the list goes by, in seconds since the epoch. */
  nowSeconds(): number;
  /** Lets the list see that many seconds go by: by a clock that is set, or by waiting. */
  pass(seconds: number): void | Promise<void>;
  /** Cuts the list off from all who opened it. Nothing to be done where it is in this process. */
  takeDown(): void | Promise<void>;
  /** Gives back what it holds. */
  close(): Promise<void>;
}
