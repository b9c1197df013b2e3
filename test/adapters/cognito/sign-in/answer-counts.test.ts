import { describe, expect, it } from "vitest";
import { createAnswerCounts } from "../../../../src/adapters/cognito/sign-in/answer-counts.ts";
import { createMemoryRateLimiter } from "../../../../src/adapters/memory/index.ts";
import { IdentityError, isIdentityError } from "../../../../src/domain/errors.ts";
import type { RateLimit } from "../../../../src/domain/rate-limit.ts";
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

describe("codes that are counted for several instances", () => {
  /** A counter that instances share, by a clock that is set, and the limits that it was asked about. */
  function createCounter() {
    let now = 0;
    const { take, read } = createMemoryRateLimiter({ clock: { now: () => now } });
    const asked: RateLimit[] = [];
    return {
      asked,
      pass(seconds: number) {
        now += seconds * 1000;
      },
      counter: {
        take: (limits: readonly RateLimit[]) => {
          asked.push(...limits);
          return take(limits);
        },
        read,
      },
    };
  }

  it("are five a session in all, as long as any session lives", async () => {
    const { counter, pass } = createCounter();
    const instances = Array.from({ length: 3 }, () => createAnswerCounts(Date, counter));
    const guess = () => Promise.allSettled(instances.map((counts) => counts.countCode("session")));

    const first = [...(await guess()), ...(await guess())];
    pass(899);
    const last = await guess();

    expect(first.filter(({ status }) => status === "fulfilled")).toHaveLength(5);
    for (const outcome of last)
      expect(outcome).toMatchObject({
        reason: { code: "too_many_attempts", retryAfterSeconds: 180 },
      });
  });

  it("are told to the counter without the session", async () => {
    const { counter, asked } = createCounter();

    await createAnswerCounts(Date, counter).countCode("session-of-somebody");

    expect(asked).toMatchObject([{ policy: "code_attempt_by_challenge", quota: 5 }]);
    expect(JSON.stringify(asked)).not.toContain("session-of-somebody");
  });

  it("let one instance alone take a sign-in further", async () => {
    const { counter } = createCounter();
    const [here, there] = [createAnswerCounts(Date, counter), createAnswerCounts(Date, counter)];
    expect(await there.hasGoneOn("session")).toBe(false);

    await here.goOn("session");

    expect(await there.hasGoneOn("session")).toBe(true);
    await expect(there.goOn("session")).rejects.toMatchObject({ code: "challenge_expired" });
    expect(await there.hasGoneOn("another")).toBe(false);
  });

  it("are not looked at where the counter cannot be reached", async () => {
    const { upstream, begin } = await startGuessing();
    const down = () => Promise.reject(new IdentityError("provider_unavailable"));
    const identity = providerAt(upstream, { counter: { take: down, read: down } });

    const answered = identity.answerChallenge({ session: await begin(), answer });

    await expect(answered).rejects.toMatchObject({ code: "provider_unavailable" });
    expect(upstream.requests).toHaveLength(0);
  });
});
