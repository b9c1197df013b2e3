import { describe, expect, it } from "vitest";
import { createEngine } from "../../../../src/adapters/memory/engine.ts";
import { adjustableClock, signingKeys } from "../support.ts";

function createSessions() {
  const clock = adjustableClock();
  const { sessions, client } = createEngine({ clock, signingKeys });
  const begin = async (subject: string) => (await sessions.begin(subject, client)).session.id;
  const idsOf = (subject: string) => sessions.list(subject).map(({ id }) => id);
  return { clock, sessions, client, begin, idsOf };
}

const longLifeSeconds = 3650 * 86_400;

describe("the sessions of a user", () => {
  it("are the user's own, the last that was begun first", async () => {
    const { begin, idsOf } = createSessions();
    const first = await begin("ada");
    const others = await begin("grace");
    const second = await begin("ada");

    expect(idsOf("ada")).toEqual([second, first]);
    expect(idsOf("grace")).toEqual([others]);
    expect(idsOf("nobody")).toEqual([]);
  });

  it("end all at once, but the one that is to be kept, and no one else's", async () => {
    const { sessions, begin, idsOf } = createSessions();
    const ended = await begin("ada");
    const kept = await begin("ada");
    const others = await begin("grace");

    expect(await sessions.endAllBut("ada", kept)).toEqual([ended]);
    expect(await sessions.endAllBut("ada", kept)).toEqual([]);

    expect([idsOf("ada"), idsOf("grace")]).toEqual([[kept], [others]]);
    await sessions.endAll("ada");
    expect([idsOf("ada"), idsOf("grace")]).toEqual([[], [others]]);
  });

  it.each([["swept", true] as const, ["not swept yet", false] as const])(
    "are none to end once they are over, %s",
    async (_case, isSwept) => {
      const { clock, sessions, begin, idsOf } = createSessions();
      await begin("ada");

      clock.advance(longLifeSeconds);
      if (isSwept) await begin("grace");

      expect(idsOf("ada")).toEqual([]);
      expect(await sessions.endAllBut("ada", undefined)).toEqual([]);
    },
  );

  it("come back with what was saved", async () => {
    const { sessions, begin, idsOf } = createSessions();
    const first = await begin("ada");
    const restore = sessions.save();

    for (let times = 0; times < 2; times += 1) {
      const later = await begin("ada");
      await sessions.end(first);
      expect(idsOf("ada")).toEqual([later]);
      restore();
      expect(idsOf("ada")).toEqual([first]);
    }
  });
});
