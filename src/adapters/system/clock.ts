import type { Clock } from "../../ports/index.ts";

/** The machine's own clock. */
export const systemClock: Clock = { now: () => Date.now() };
