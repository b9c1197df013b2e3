import { describe, expect, it } from "vitest";
import { createAnswerCounts } from "../../../../src/adapters/cognito/sign-in/answer-counts.ts";
import { isIdentityError } from "../../../../src/domain/errors.ts";
import { throws } from "../../../support/cognito-upstream-answers.ts";
import { challengeSession, providerAt, startUpstream } from "../fixtures.ts";

const answer = { type: "email_code", code: "12345678" } as const;

/** Answers sessions that wait for a code, and tells how each answer ends. */
async function startGuessing() {
  const upstream = await startUpstream();
  upstream.script("AdminRespondToAuthChallenge", throws("CodeMismatchException"));
  const identity = providerAt(upstream);
  const begin = (pending = {}) => challengeSession({ name: "EMAIL_OTP", ...pending });
  async function guess(session: string): Promise<string> {
    const answered = identity.answerChallenge({ session, answer });
    return answered.then(
      () => "signed in",
      (error) => (isIdentityError(error) ? error.code : "a failure"),
    );
  }
  return { upstream, begin, guess };
}

describe("codes that are guessed", () => {
  it.each([{}, { madeUpAt: Date.now(), session: "" }])(
    "come to an end after five, the right one included, with %j",
    async (pending) => {
      const { begin, guess } = await startGuessing();
      const session = await begin(pending);

      const outcomes = [];
      while (outcomes.length < 7) outcomes.push(await guess(session));

      expect(outcomes).toEqual([
        ...Array(5).fill("code_mismatch"),
        ...Array(2).fill("too_many_attempts"),
      ]);
    },
  );

  it("are counted before Cognito compares any, where fifty come at once", async () => {
    const { upstream, begin, guess } = await startGuessing();
    const session = await begin();

    const outcomes = await Promise.all(Array.from({ length: 50 }, () => guess(session)));

    expect(upstream.requests).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === "too_many_attempts")).toHaveLength(45);
  });

  it("count for their own session alone", async () => {
    const { begin, guess } = await startGuessing();
    const session = await begin();
    for (let time = 0; time < 6; time += 1) await guess(session);

    expect(await guess(await begin())).toBe("code_mismatch");
  });

  it("are told when to try again, for whoever is not there as well", async () => {
    const counts = createAnswerCounts(Date);
    for (let time = 0; time < 5; time += 1) await counts.countCode("session");

    await expect(counts.countCode("session")).rejects.toMatchObject({
      code: "too_many_attempts",
      retryAfterSeconds: 180,
    });
  });

  it("are remembered as long as any session lives, and no longer", async () => {
    let now = 0;
    const counts = createAnswerCounts({ now: () => now });
    for (let time = 0; time < 5; time += 1) await counts.countCode("session");

    now += 899_999;
    await expect(counts.countCode("session")).rejects.toThrow();
    now += 900_000;
    await expect(counts.countCode("session")).resolves.toBeUndefined();
  });
});
