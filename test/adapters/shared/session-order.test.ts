import { describe, expect, test } from "vitest";
import { cutSessions, readPlace } from "../../../src/adapters/shared/session-order.ts";

const sessions = [
  { id: "b", createdAt: 2 },
  { id: "c", createdAt: 1 },
  { id: "a", createdAt: 2 },
  { id: "d", createdAt: 3 },
];

describe("a part of a list of sessions", () => {
  test("begins with the newest, and by id where several began at once", () => {
    const { sessions: cut, last } = cutSessions(sessions, 3, undefined);

    expect(cut.map(({ id }) => id)).toEqual(["d", "a", "b"]);
    expect(last).toEqual({ id: "b", createdAt: 2 });
  });

  test("goes on after a place, whether or not its session is still there", () => {
    const after = { id: "a", createdAt: 2 };
    const others = sessions.filter(({ id }) => id !== "a");

    for (const left of [sessions, others])
      expect(cutSessions(left, 60, after)).toEqual({
        sessions: [
          { id: "b", createdAt: 2 },
          { id: "c", createdAt: 1 },
        ],
      });
  });

  test("has no part after it where it holds all that is left", () => {
    expect(cutSessions(sessions, 4, undefined).last).toBeUndefined();
    expect(cutSessions([], 1, undefined)).toEqual({ sessions: [] });
  });

  test.each([[[]], [["1", "a"]], [[1, 2]], [[null, "a"]]])("has no place of %j", (place) => {
    expect(() => readPlace(place)).toThrow(expect.objectContaining({ code: "validation_failed" }));
  });
});
