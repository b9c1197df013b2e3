import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { openAuth } from "../../../src/adapters/better-auth/database/auth.ts";
import { settingsOf } from "../../../src/adapters/better-auth/options.ts";
import { createDigest } from "../../../src/adapters/better-auth/stores/digest.ts";
import { createStates, unknownUserKey } from "../../../src/adapters/better-auth/stores/states.ts";
import { adjustableClock } from "../memory/support.ts";
import { ada, challengeOf, newPassword, outcomeOf, secret, startWithAda } from "./support.ts";

const most = 10_000;

function rowsIn(path: string) {
  const database = new DatabaseSync(path);
  const rows = database.prepare("SELECT expendable FROM porticoState").all();
  database.close();
  return rows;
}

describe("a database with Better Auth", () => {
  test("keeps nothing of sign-ins that anyone can begin", async () => {
    const { identity, path } = await startWithAda();
    const before = rowsIn(path).length;

    for (let index = 0; index < 20; index += 1) {
      await identity.signIn({ username: `stranger${index}@example.com` });
      await identity.signIn({ username: ada.username });
    }

    expect(rowsIn(path)).toHaveLength(before);
  });

  test("marks all that it keeps of names that nobody has, and nothing of users", async () => {
    const { identity, path } = await startWithAda();
    const known = rowsIn(path).length;
    const username = "stranger@example.com";

    await outcomeOf(identity.resendConfirmation({ username }));
    await outcomeOf(identity.confirmSignUp({ username, code: "123456" }));
    await outcomeOf(identity.startPasswordReset({ username }));
    await outcomeOf(identity.resetPassword({ username, code: "123456", newPassword }));
    await outcomeOf(identity.signIn({ username, password: newPassword }));
    const begun = challengeOf(await identity.signIn({ username, factor: "email_code" }));
    const answer = { type: "email_code", code: "123456" } as const;
    await outcomeOf(identity.answerChallenge({ session: begun.session, answer }));

    const marks = rowsIn(path).map(({ expendable }) => expendable);
    expect(marks.filter((mark) => mark !== 1)).toHaveLength(known);
    expect(marks.filter((mark) => mark === 1).length).toBeGreaterThan(6);
  });

  test("keeps so much of names that nobody has and no more, and all that is of users", async () => {
    const clock = adjustableClock();
    const sendMessage = () => undefined;
    const settings = settingsOf({ databaseUrl: "file::memory:", secret, sendMessage, clock });
    const { rows, close } = await openAuth(settings);
    onTestFinished(close);
    const states = createStates({ rows }, { clock, digest: createDigest(secret) })<number>("any");
    const keep = (key: string) => {
      const next = { value: 1, expiresAt: clock.now() + 3600_000 };
      return states.update(key, () => ({ next, result: undefined }));
    };
    await keep("a user's");
    for (let index = 0; index < most + 1500; index += 1) {
      await keep(unknownUserKey(String(index)));
      if (index % 10 === 0) clock.advance(0.001);
    }

    const count = await rows.count({ model: "porticoState" });

    expect(count).toBeGreaterThan(most / 2);
    expect(count).toBeLessThanOrEqual(most + 1000 + 1);
    expect(await states.read("a user's")).toBe(1);
    expect(await states.read(unknownUserKey("0"))).toBeUndefined();
    expect(await states.read(unknownUserKey(String(most + 1499)))).toBe(1);
  }, 60_000);
});

describe("the session of a sign-in", () => {
  test("is good for nothing once it was altered, and once it was used", async () => {
    const { identity } = await startWithAda();
    const { session } = challengeOf(await identity.signIn({ username: ada.username }));
    const answer = { type: "select_factor", factor: "password", password: ada.password } as const;
    const altered = session.slice(0, -1) + (session.endsWith("0") ? "1" : "0");

    const outcomes = [
      await outcomeOf(identity.answerChallenge({ session: altered, answer })),
      await outcomeOf(identity.answerChallenge({ session: session.toUpperCase(), answer })),
      await outcomeOf(identity.answerChallenge({ session, answer })),
      await outcomeOf(identity.answerChallenge({ session, answer })),
    ];

    expect(outcomes).toEqual([
      "challenge_expired",
      "challenge_expired",
      "done",
      "challenge_expired",
    ]);
  });

  test("is over after three minutes", async () => {
    const { identity, clock } = await startWithAda();
    const { session } = challengeOf(await identity.signIn({ username: ada.username }));
    const answer = { type: "select_factor", factor: "password", password: ada.password } as const;

    clock.advance(180);

    expect(await outcomeOf(identity.answerChallenge({ session, answer }))).toBe(
      "challenge_expired",
    );
  });
});
