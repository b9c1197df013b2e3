import type { OutboxMessage } from "../../src/ports/index.ts";
import type { HarnessControls } from "../../src/testing/index.ts";

/** Sends every message but those that are to fail, and counts them by address. */
export function faultyPost() {
  const posted: OutboxMessage[] = [];
  let failures = 0;
  const deliveries: HarnessControls["deliveries"] = {
    count: (address, purpose) =>
      posted.filter((message) => message.destination === address && message.purpose === purpose)
        .length,
  };
  const deliveryFaults: HarnessControls["deliveryFaults"] = {
    failNext() {
      failures += 1;
    },
  };
  function onMessage(message: OutboxMessage): void {
    if (failures === 0) return void posted.push(message);
    failures -= 1;
    throw new Error("the message does not go out");
  }
  return { onMessage, deliveryFaults, deliveries };
}
