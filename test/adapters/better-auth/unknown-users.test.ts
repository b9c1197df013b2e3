import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { ada, challengeOf, newPassword, outcomeOf, startWithAda } from "./support.ts";

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
