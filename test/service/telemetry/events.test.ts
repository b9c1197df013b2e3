import { expect, test } from "vitest";
import type { SecurityEvent } from "../../../src/domain/security-event.ts";
import { createServiceEvents } from "../../../src/service/telemetry/events.ts";

test("a flood of made-up tokens is one row and one line, and each of them a count", async () => {
  const [kept, counted, lines]: [SecurityEvent[], SecurityEvent[], unknown[]] = [[], [], []];
  const { events, settled } = createServiceEvents({
    log: (_level, entry) => void lines.push(entry),
    settings: { webhook: undefined },
    history: { record: (event) => void kept.push(event) },
    counted: { record: (event) => void counted.push(event) },
    onLost: () => undefined,
  });
  const refused = { type: "token_rejection", outcome: "failure", code: "invalid_token" } as const;

  for (let at = 0; at < 100; at += 1) events.record({ ...refused, at, address: "203.0.113.7" });

  expect([kept.length, lines.length, counted.length]).toEqual([1, 1, 100]);
  await settled();
  expect(kept.at(-1)).toMatchObject({ ...refused, at: 99, count: 99 });
  expect(lines).toHaveLength(2);
});
