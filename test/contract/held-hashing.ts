import { createWorkQueue, type WorkQueue } from "../../src/adapters/shared/work-queue.ts";
import type { HarnessControls } from "../../src/testing/identity-provider/harness.ts";

const atOnce = 2;
const mostWaiting = 1000;

/** Makes a queue for hashes, and the control that fills it. */
export function holdableHashing(): {
  readonly hashQueue: WorkQueue;
  readonly hashing: HarnessControls["hashing"];
} {
  const hashQueue = createWorkQueue({ atOnce, mostWaiting });
  const hold = (room: number) => {
    const gate = Promise.withResolvers<void>();
    const held = Array.from({ length: atOnce + mostWaiting - room }, () =>
      hashQueue.run(() => gate.promise),
    );
    return async () => {
      gate.resolve();
      await Promise.allSettled(held);
    };
  };
  return { hashQueue, hashing: { hold } };
}
