import { expect, test } from "vitest";
import type { UpstreamObserver } from "../../../src/ports/index.ts";
import { createUpstreamLog } from "../../../src/service/telemetry/upstream-log.ts";

const category = "user_creation";
const states = ["open", "half_open", "closed"] as const;

test("the log has what opens and what closes, and no single call", () => {
  const entries: unknown[] = [];
  const observer = createUpstreamLog((level, entry) => entries.push([level, entry]));

  observer.onCall({ category, outcome: "failed", durationMs: 1 });
  for (const state of states) observer.onBreaker({ category, state });

  expect(entries).toEqual([
    ["error", { event: "upstream_breaker", category, state: "open" }],
    ["info", { event: "upstream_breaker", category, state: "closed" }],
  ]);
});

test("metrics hear of everything", () => {
  const heard: unknown[] = [];
  const metrics: UpstreamObserver = {
    onCall: (call) => heard.push(call.outcome),
    onBreaker: (change) => heard.push(change.state),
  };
  const observer = createUpstreamLog(() => undefined, metrics);

  observer.onCall({ category, outcome: "spared", durationMs: 0 });
  for (const state of states) observer.onBreaker({ category, state });

  expect(heard).toEqual(["spared", ...states]);
});
