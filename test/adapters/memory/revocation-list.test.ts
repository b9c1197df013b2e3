import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemoryRevocationList } from "../../../src/adapters/memory/index.ts";
import type { Revocation } from "../../../src/domain/revocation.ts";
import { adjustableClock, startSeconds } from "./support.ts";

const issuer = "https://issuer.example";

const session = (sessionId: string, until: number): Revocation => ({
  kind: "session",
  issuer,
  sessionId,
  until,
});

const steps = fc.array(
  fc.oneof(
    fc.record({ id: fc.integer({ min: 1, max: 6 }), seconds: fc.integer({ min: 1, max: 50 }) }),
    fc.record({ advance: fc.integer({ min: 1, max: 20 }) }),
    fc.constant("read" as const),
  ),
  { maxLength: 60, size: "max" },
);

describe("the revocation list in memory", () => {
  it("gives to each reader what was added since and is not over, the oldest first", async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        const clock = adjustableClock();
        const list = createMemoryRevocationList(clock);
        // The revocations that were added, in order: of one session the longest, at the place of the last.
        let added: (readonly [number, number])[] = [];
        const cursors: { readonly cursor: string; readonly since: ReadonlySet<unknown> }[] = [];
        const remaining = (since: ReadonlySet<unknown>) =>
          added.filter((entry) => !since.has(entry) && entry[1] > clock.now() / 1000);
        for (const step of taken) {
          if (step === "read") {
            const read = cursors.map(async ({ cursor }) => (await list.read(cursor)).revocations);
            const expected = cursors.map(({ since }) =>
              remaining(since).map(([id, until]) => session(`${id}`, until)),
            );
            expect(await Promise.all(read)).toEqual(expected);
            cursors.push({ cursor: (await list.read()).cursor, since: new Set(added) });
          } else if ("advance" in step) clock.advance(step.advance);
          else {
            const until = clock.now() / 1000 + step.seconds;
            await list.add(session(`${step.id}`, until));
            const longest = added.filter(([id]) => id === step.id).map(([, other]) => other);
            added = added.filter(([id]) => id !== step.id);
            added.push([step.id, Math.max(until, ...longest)]);
          }
        }
        const { revocations } = await list.read();
        expect(revocations).toHaveLength(remaining(new Set()).length);
      }),
      { numRuns: 20 },
    );
  });

  it("keeps to the end what is added anew for a longer time", async () => {
    const clock = adjustableClock();
    const list = createMemoryRevocationList(clock);
    await list.add(session("1", startSeconds + 10));
    await list.add(session("1", startSeconds + 30));

    clock.advance(20);

    expect((await list.read()).revocations).toEqual([session("1", startSeconds + 30)]);
  });
});
