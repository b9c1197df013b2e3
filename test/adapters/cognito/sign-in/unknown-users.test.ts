import { describe, expect, it } from "vitest";
import type { CognitoIdentityProviderOptions } from "../../../../src/adapters/cognito/index.ts";
import type { Challenge } from "../../../../src/domain/challenge.ts";
import type { SignInResult } from "../../../../src/domain/session.ts";
import { answers, throws } from "../../../support/cognito-upstream-answers.ts";
import { password, providerAt, startUpstream, username } from "../fixtures.ts";

const telling = ["UserNotFoundException", "UserNotConfirmedException"] as const;

/** A pool whose app client tells who exists, before somebody who does not. */
async function startTelling(
  options: Partial<CognitoIdentityProviderOptions> = {},
  name: string = telling[0],
) {
  const upstream = await startUpstream();
  upstream.script("AdminInitiateAuth", throws(name));
  return { upstream, identity: providerAt(upstream, options) };
}

function challengeOf(result: SignInResult): Challenge {
  if (result.status !== "challenge") throw new Error("It ended in tokens.");
  return result.challenge;
}

const chosen = { type: "select_factor", factor: "email_code" } as const;

describe("a name that nobody has", () => {
  it.each(telling)("gets the choice of a user with a mail address for %s", async (name) => {
    const { identity } = await startTelling({}, name);

    const challenge = challengeOf(await identity.signIn({ username }));

    expect(challenge).toEqual({
      type: "select_factor",
      factors: ["password", "email_code"],
      session: expect.any(String),
    });
  });

  it("is given the factors in the order that a user is given them in", async () => {
    const { identity, upstream } = await startTelling();
    const AvailableChallenges = ["EMAIL_OTP", "PASSWORD_SRP", "PASSWORD"];
    const Session = "challenge-session-0123456789";
    upstream.script(
      "AdminInitiateAuth",
      answers({ ChallengeName: "SELECT_CHALLENGE", Session, AvailableChallenges }),
      throws("UserNotFoundException"),
    );

    const [known, unknown] = [
      challengeOf(await identity.signIn({ username: "ada" })),
      challengeOf(await identity.signIn({ username })),
    ];

    expect(known).toEqual({ ...unknown, session: known.session });
  });

  it("can choose a code once", async () => {
    const { identity } = await startTelling();
    const { session } = challengeOf(await identity.signIn({ username }));

    const asked = challengeOf(await identity.answerChallenge({ session, answer: chosen }));

    expect(asked).toEqual({ type: "email_code", session: expect.any(String) });
    await expect(identity.answerChallenge({ session, answer: chosen })).rejects.toMatchObject({
      code: "challenge_expired",
    });
  });

  it("can choose a code once of many times at once", async () => {
    const { identity } = await startTelling();
    const { session } = challengeOf(await identity.signIn({ username }));

    const all = Array.from({ length: 50 }, () =>
      identity.answerChallenge({ session, answer: chosen }),
    );

    const ends = (await Promise.allSettled(all)).map(({ status }) => status);
    expect(ends.filter((status) => status === "fulfilled")).toHaveLength(1);
  });

  it("takes as many calls to choose as a user does", async () => {
    const { identity, upstream } = await startTelling();
    const { session } = challengeOf(await identity.signIn({ username }));

    const answer = { type: "select_factor", factor: "password", password } as const;
    const answered = identity.answerChallenge({ session, answer });

    await expect(answered).rejects.toMatchObject({ code: "invalid_credentials" });
    expect(upstream.requests).toHaveLength(2);
  });

  it("can choose nothing that was not offered", async () => {
    const { identity } = await startTelling();
    const { session } = challengeOf(await identity.signIn({ username }));

    const answered = identity.answerChallenge({
      session,
      answer: { ...chosen, factor: "passkey" },
    });

    await expect(answered).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["factor"], reason: "not_offered" }],
    });
  });

  it("is given a choice, as users without a passkey are, who ask for one", async () => {
    const { identity } = await startTelling();

    const challenge = challengeOf(await identity.signIn({ username, factor: "passkey" }));

    expect(challenge.type).toBe("select_factor");
  });

  it("is asked for a passkey with the options that the operator knows", async () => {
    const options = { rpId: "example.com", timeout: 180_000, userVerification: "preferred" };
    const { identity } = await startTelling({ passkeyOptionsForUnknown: options });

    const challenge = challengeOf(await identity.signIn({ username, factor: "passkey" }));

    const challengeBytes = expect.stringMatching(/^[\w-]{43}$/);
    expect(challenge).toMatchObject({ options: { ...options, challenge: challengeBytes } });
    const answer = { type: "passkey", credential: { id: "any" } } as const;
    const answered = identity.answerChallenge({ session: challenge.session, answer });
    await expect(answered).rejects.toMatchObject({ code: "passkey_rejected" });
  });

  it("is refused where nobody says what the operator's challenge asks", async () => {
    const { identity } = await startTelling();

    await expect(identity.signIn({ username, factor: "custom" })).rejects.toMatchObject({
      code: "invalid_credentials",
    });
  });

  it("is asked what the operator says until the operator refuses", async () => {
    const rounds: unknown[] = [];
    const { identity } = await startTelling({
      customChallengeForUnknown(asked) {
        rounds.push(asked);
        return asked.round < 2 ? { question: String(asked.round) } : undefined;
      },
    });
    const give = (session: string, answer: string) =>
      identity.answerChallenge({ session, answer: { type: "custom", answer } });

    const first = challengeOf(await identity.signIn({ username, factor: "custom" }));
    const second = challengeOf(await give(first.session, "a"));

    expect(second).toMatchObject({ type: "custom", parameters: { question: "1" } });
    await expect(give(first.session, "a")).rejects.toMatchObject({ code: "challenge_expired" });
    await expect(give(second.session, "b")).rejects.toMatchObject({ code: "invalid_credentials" });
    expect(rounds).toEqual([
      { username, round: 0 },
      { username, round: 1, answer: "a" },
      { username, round: 2, answer: "b" },
    ]);
  });
});
