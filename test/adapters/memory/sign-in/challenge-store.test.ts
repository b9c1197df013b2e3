import { describe, expect, it } from "vitest";
import { createEngine } from "../../../../src/adapters/memory/engine.ts";
import { reasonOf } from "../../../../src/adapters/memory/errors.ts";
import type { PendingSignIn } from "../../../../src/adapters/memory/sign-in/challenge-store.ts";
import { maxExpendableEntries } from "../../../../src/adapters/memory/store/expiring-map.ts";
import type { ChallengeType } from "../../../../src/domain/challenge.ts";
import { isIdentityError } from "../../../../src/domain/errors.ts";
import { adjustableClock, signingKeys } from "../support.ts";

const challengeSeconds = 180;

/** Makes a store of sign-ins, with ways to begin one, with a password or without, and to ask for it. */
async function start() {
  const clock = adjustableClock();
  const engine = createEngine({ clock, hashIterations: 1, signingKeys, challengeSeconds });
  const { challenges, client } = engine;
  const password = await engine.hasher.hash("Correct-Horse-7", "ada");
  const begin = async (changes: Partial<PendingSignIn> = {}) => {
    const pending = { username: "ada", subject: "sub-1", clientId: client.id, password: undefined };
    return challenges.idOf(
      await challenges.open({ ...pending, ask: { type: "totp" }, ...changes }, client),
    );
  };
  const stateOf = (id: string, type?: ChallengeType) => {
    try {
      return challenges.get(id, client, type).isSpent ? "spent" : "open";
    } catch (error) {
      if (!isIdentityError(error, "challenge_expired")) throw error;
      return reasonOf(error);
    }
  };
  return { clock, challenges, client, password, begin, stateOf };
}

describe("a sign-in that waits for an answer", () => {
  it("is known to be late for as long again as it was open", async () => {
    const { clock, begin, stateOf } = await start();
    const id = await begin();
    const states = [stateOf(id)];
    for (const seconds of [challengeSeconds - 1, 1, challengeSeconds - 1, 1]) {
      clock.advance(seconds);
      states.push(stateOf(id));
    }

    expect(states).toEqual([
      "open",
      "open",
      "session_expired",
      "session_expired",
      "session_unknown",
    ]);
  });

  it("is found by its id and type alone", async () => {
    const { begin, stateOf } = await start();
    const id = await begin();

    expect([stateOf(id, "totp"), stateOf(id, "custom"), stateOf("invented")]).toEqual([
      "open",
      "session_of_other_challenge",
      "session_unknown",
    ]);
  });

  it("is as good as unknown where it is late when it is changed", async () => {
    const { clock, challenges, client, begin, stateOf } = await start();
    const id = await begin();
    const open = challenges.get(id, client);
    clock.advance(challengeSeconds + 1);

    challenges.update(open);

    expect(stateOf(id)).toBe("session_unknown");
  });

  it("gives way to later ones, but one with a password to no one's without", async () => {
    const { password, begin, stateOf } = await start();
    const [anyones, proven] = [await begin(), await begin({ password })];
    for (let index = 0; index < maxExpendableEntries; index += 1) await begin();
    const states = [stateOf(anyones), stateOf(proven)];

    for (let index = 0; index < maxExpendableEntries; index += 1) await begin({ password });

    expect(states).toEqual(["session_unknown", "open"]);
    expect(stateOf(proven)).toBe("session_unknown");
  });

  it("is as it was once a saved state comes back, with a password or without", async () => {
    const { challenges, client, password, begin, stateOf } = await start();
    const ids = [await begin(), await begin({ password })];
    const restore = challenges.save();
    for (const id of ids) await challenges.spend(challenges.get(id, client));
    const spent = ids.map((id) => stateOf(id));

    restore();

    expect(spent).toEqual(["session_used", "session_used"]);
    expect(ids.map((id) => stateOf(id))).toEqual(["open", "open"]);
  });
});
