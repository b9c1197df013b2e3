import type { SecurityEvent } from "../domain/security-event.ts";

/** Where security events go. */
export interface EventSink {
  /**
   * Takes one event. Returns at once and never throws: whatever becomes of the event, the request that caused it
   * goes on.
   */
  record(event: SecurityEvent): void;
}
