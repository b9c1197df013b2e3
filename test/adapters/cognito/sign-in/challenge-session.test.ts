import { describe, expect, it } from "vitest";
import { answers } from "../../../support/cognito-upstream-answers.ts";
import {
  calls,
  challengeSession,
  clientSecret,
  code,
  password,
  providerAt,
  startPublicUpstream,
  startUpstream,
  username,
} from "../fixtures.ts";

const answer = { type: "sms_code", code } as const;
const smsChallenge = answers({ ChallengeName: "SMS_MFA", Session: "challenge-session-1" });

describe("the session of a challenge", () => {
  it("tells nothing of what it holds", async () => {
    const session = await challengeSession({ username: "ada@example.com" });

    const content = Buffer.from(session, "base64url").toString("latin1");
    expect(session).toMatch(/^[\w-]+$/);
    expect(content).not.toMatch(/ada|SMS_MFA|challenge-session/);
  });

  it("is another one each time", async () => {
    expect(await challengeSession()).not.toBe(await challengeSession());
  });

  it("that was altered anywhere is refused and goes nowhere", async () => {
    const upstream = await startUpstream();
    const identity = providerAt(upstream);
    const session = await challengeSession();
    const altered = [...session].map(
      (character, index) =>
        session.slice(0, index) + (character === "A" ? "B" : "A") + session.slice(index + 1),
    );
    altered.push(session.slice(0, -1), `${session}A`, `A${session}`, `${session}=`, "", "A", "~");

    for (const other of altered) {
      await expect(identity.answerChallenge({ session: other, answer })).rejects.toMatchObject({
        code: "challenge_expired",
      });
    }

    expect(upstream.requests).toHaveLength(0);
  });

  it("of another app client is refused", async () => {
    const upstream = await startUpstream();
    const session = await challengeSession({}, "client2example");

    await expect(providerAt(upstream).answerChallenge({ session, answer })).rejects.toMatchObject({
      code: "challenge_expired",
    });
  });

  it("of another secret is refused", async () => {
    const upstream = await startUpstream();
    const identity = providerAt(upstream, {
      challengeSecret: "another secret that is long enough",
    });

    await expect(calls.answerChallenge(identity)).rejects.toMatchObject({
      code: "challenge_expired",
    });
  });

  it("is good at every instance that has the client's secret", async () => {
    const upstream = await startUpstream();
    upstream.script("AdminInitiateAuth", smsChallenge);
    const result = await providerAt(upstream).signIn({ username, password });
    const session = result.status === "challenge" ? result.challenge.session : "";

    await expect(providerAt(upstream).answerChallenge({ session, answer })).resolves.toMatchObject({
      status: "signed_in",
    });
  });

  it.each([
    ["is good at every instance that has the same secret for it", clientSecret, "signed_in"],
    ["is good only where it was handed out without one", undefined, "challenge_expired"],
  ])("of a public client %s", async (_what, challengeSecret, expected) => {
    const upstream = await startPublicUpstream();
    upstream.script("AdminInitiateAuth", smsChallenge);
    const options = { clientSecret: undefined, challengeSecret };
    const own = providerAt(upstream, options);
    const result = await own.signIn({ username, password });
    const session = result.status === "challenge" ? result.challenge.session : "";

    const elsewhere = await providerAt(upstream, options)
      .answerChallenge({ session, answer })
      .then(
        ({ status }) => status,
        (error: { code: string }) => error.code,
      );
    const there = await own.answerChallenge({ session, answer });

    expect(elsewhere).toBe(expected);
    expect(there.status).toBe("signed_in");
  });
});
