import type { SecurityEvent } from "../../domain/security-event.ts";
import type { EventSink } from "../../ports/index.ts";

/** The sinks of one kind, under test. */
export interface EventSinkHarness {
  /** Makes a sink that nothing was recorded in. The case that asks closes it. */
  create(): Promise<EventSinkUnderTest>;
}

/** One sink, and what a test can do to it. */
export interface EventSinkUnderTest {
  readonly sink: EventSink;
  /** Waits until so many events have arrived, or for some seconds, and gives all that have, in any order. */
  arrived(count: number): Promise<readonly SecurityEvent[]>;
  /** Makes it impossible that events arrive, until it is over. Nothing to be done where that cannot be. */
  takeDown(): void | Promise<void>;
  bringBack(): void | Promise<void>;
  /** Gives back what it holds. */
  close(): Promise<void>;
}
