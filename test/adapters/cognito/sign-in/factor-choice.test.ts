import { describe, expect, it } from "vitest";
import type { Challenge } from "../../../../src/domain/challenge.ts";
import type { SignInResult } from "../../../../src/domain/session.ts";
import { answers, throws } from "../../../support/cognito-upstream-answers.ts";
import { password, providerAt, startUpstream, username } from "../fixtures.ts";

const Session = "challenge-session-0123456789";
const byCode = { type: "select_factor", factor: "email_code" } as const;
const byPassword = { type: "select_factor", factor: "password", password } as const;

/** A pool that offers a user what it says, and answers any choice by offering the same again. */
async function startOffering(...AvailableChallenges: readonly string[]) {
  const upstream = await startUpstream();
  const offer = answers({ ChallengeName: "SELECT_CHALLENGE", Session, AvailableChallenges });
  upstream.script("AdminInitiateAuth", offer);
  return { upstream, identity: providerAt(upstream) };
}

function challengeOf(result: SignInResult): Challenge {
  if (result.status !== "challenge") throw new Error("It ended in tokens.");
  return result.challenge;
}

describe("a user who has proven no address", () => {
  it.each([[["PASSWORD"]], [["PASSWORD_SRP"]], [["PASSWORD_SRP", "PASSWORD"]]])(
    "is offered what a name is that nobody has: %j",
    async (offered) => {
      const { identity, upstream } = await startOffering(...offered);
      const known = challengeOf(await identity.signIn({ username }));
      upstream.script("AdminInitiateAuth", throws("UserNotFoundException"));

      const unknown = challengeOf(await identity.signIn({ username: "nobody@example.com" }));

      expect(known).toEqual({ ...unknown, session: known.session });
      expect(known.session).toHaveLength(unknown.session.length);
    },
  );

  it("is asked for a code that none is right for, and is sent none", async () => {
    const { identity, upstream } = await startOffering("PASSWORD");
    const { session } = challengeOf(await identity.signIn({ username }));

    const asked = challengeOf(await identity.answerChallenge({ session, answer: byCode }));

    expect(asked).toEqual({ type: "email_code", session: expect.any(String) });
    const answer = { type: "email_code", code: "12345678" } as const;
    const guessed = identity.answerChallenge({ session: asked.session, answer });
    await expect(guessed).rejects.toMatchObject({ code: "code_mismatch" });
    expect(upstream.requests.map(({ input }) => input.AuthParameters)).toMatchObject([
      { USERNAME: username },
      { USERNAME: username, PREFERRED_CHALLENGE: "EMAIL_OTP" },
    ]);
  });

  it("is asked alike who names the factor at once", async () => {
    const { identity } = await startOffering("PASSWORD");

    const asked = challengeOf(await identity.signIn({ username, factor: "email_code" }));

    expect(asked).toEqual({ type: "email_code", session: expect.any(String) });
  });

  it.each([byCode, byPassword])("chooses once, and not $factor after a code", async (answer) => {
    const { identity } = await startOffering("PASSWORD");
    const { session } = challengeOf(await identity.signIn({ username }));
    await identity.answerChallenge({ session, answer: byCode });

    const again = identity.answerChallenge({ session, answer });

    await expect(again).rejects.toMatchObject({ code: "challenge_expired" });
  });

  it("signs in with the password that was offered in earnest", async () => {
    const { identity, upstream } = await startOffering("PASSWORD");
    const { session } = challengeOf(await identity.signIn({ username }));

    const result = await identity.answerChallenge({ session, answer: byPassword });

    expect(result.status).toBe("signed_in");
    expect(upstream.requests.at(-1)?.input.ChallengeResponses).toMatchObject({
      ANSWER: "PASSWORD",
      PASSWORD: password,
    });
  });

  it("cannot choose what nobody is offered", async () => {
    const { identity } = await startOffering("PASSWORD");
    const { session } = challengeOf(await identity.signIn({ username }));
    const answer = { type: "select_factor", factor: "sms_code" } as const;

    const refused = identity.answerChallenge({ session, answer });

    await expect(refused).rejects.toMatchObject({ code: "validation_failed" });
  });
});
