import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import {
  ada,
  challengeOf,
  newPassword,
  outcomeOf,
  signIn,
  startWithAda,
  tokensOf,
} from "../support.ts";
import { enrolTotp, totpApp } from "../totp-app.ts";

const nobody = "nobody@example.com";

async function startWithTotp() {
  const started = await startWithAda();
  const tokens = await signIn(started.provider);
  const app = await enrolTotp(started.provider, tokens, started.clock);
  started.clock.advance(60);
  return { ...started, app, accessToken: tokens.accessToken };
}

describe("authenticator apps with Better Auth", () => {
  test("are asked for once they are switched on, and end the sign-in with tokens", async () => {
    const { identity, tokens, app } = await startWithTotp();

    const challenge = challengeOf(await identity.signIn(ada));
    const code = await app.code();
    const answer = { type: "totp", code } as const;
    const { accessToken } = tokensOf(
      await identity.answerChallenge({ session: challenge.session, answer }),
    );

    expect(challenge.type).toBe("totp");
    expect((await tokens.verify(accessToken)).subject).toMatch(/./);
    expect(await identity.getMfa({ accessToken })).toEqual({
      enabled: ["totp"],
      preferred: "totp",
      recoveryCodesLeft: 0,
    });
  });

  test("give codes that are good once, in another sign-in too", async () => {
    const { identity, app } = await startWithTotp();
    const answer = { type: "totp", code: await app.code() } as const;
    const first = challengeOf(await identity.signIn(ada));
    const second = challengeOf(await identity.signIn(ada));
    await identity.answerChallenge({ session: first.session, answer });

    const replayed = identity.answerChallenge({ session: second.session, answer });

    expect(await outcomeOf(replayed)).toBe("code_mismatch");
  });

  test("lead to a session that a right answer spends and a wrong one does not", async () => {
    const { identity, app, clock } = await startWithTotp();
    const { session } = challengeOf(await identity.signIn(ada));
    const wrong = { type: "totp", code: (await app.code()) === "000000" ? "1" : "000000" } as const;
    expect(await outcomeOf(identity.answerChallenge({ session, answer: wrong }))).toBe(
      "code_mismatch",
    );
    const right = { type: "totp", code: await app.code() } as const;
    expect(await outcomeOf(identity.answerChallenge({ session, answer: right }))).toBe("done");
    clock.advance(30);

    const next = { type: "totp", code: await app.code() } as const;

    expect(await outcomeOf(identity.answerChallenge({ session, answer: next }))).toBe(
      "challenge_expired",
    );
  });

  test("lock the account's codes after wrong ones, over any number of sign-ins", async () => {
    const { identity, app } = await startWithTotp();
    const outcomes: string[] = [];
    const code = (await app.code()) === "000000" ? "111111" : "000000";
    while (outcomes.length < 8) {
      const { session } = challengeOf(await identity.signIn(ada));
      const answer = { type: "totp", code } as const;
      outcomes.push(await outcomeOf(identity.answerChallenge({ session, answer })));
    }

    expect(outcomes.slice(0, 5)).toEqual(Array(5).fill("code_mismatch"));
    expect(outcomes.slice(5)).toEqual(Array(3).fill("too_many_attempts"));
  });

  test("are no longer asked for once they are switched off", async () => {
    const { identity, accessToken } = await startWithTotp();

    await identity.setMfa({ accessToken, enabled: [] });

    tokensOf(await identity.signIn(ada));
  });

  test("count for nothing before they were confirmed", async () => {
    const { identity, provider, clock } = await startWithAda();
    const { accessToken } = await signIn(provider);
    const { secret } = await identity.startTotp({ accessToken });

    const early = identity.setMfa({ accessToken, enabled: ["totp"] });

    expect(await outcomeOf(early)).toBe("mfa_not_available");
    const code = await totpApp(secret, clock).code();
    expect(await outcomeOf(identity.confirmTotp({ accessToken, code }))).toBe("done");
    expect(await identity.getMfa({ accessToken })).toEqual({ enabled: [], recoveryCodesLeft: 0 });
  });

  test("stay in use while another one is being set up", async () => {
    const { identity, app, accessToken } = await startWithTotp();
    await identity.startTotp({ accessToken });

    const { session } = challengeOf(await identity.signIn(ada));
    const answer = { type: "totp", code: await app.code() } as const;

    tokensOf(await identity.answerChallenge({ session, answer }));
  });
});

describe("challenges with Better Auth", () => {
  test("come to nothing once the password was replaced", async () => {
    const { identity, app, lastCode, provider } = await startWithTotp();
    const { session } = challengeOf(await identity.signIn(ada));
    await provider.identity.startPasswordReset(ada);
    await provider.identity.resetPassword({ ...ada, code: lastCode(), newPassword });

    const answer = { type: "totp", code: await app.code() } as const;

    expect(await outcomeOf(identity.answerChallenge({ session, answer }))).toBe(
      "challenge_expired",
    );
  });

  test("are refused when they were invented, too old or of another kind", async () => {
    const { identity, app, clock } = await startWithTotp();
    const { session } = challengeOf(await identity.signIn(ada));
    const answer = { type: "totp", code: await app.code() } as const;
    const other = { type: "email_code", code: answer.code } as const;

    const invented = outcomeOf(identity.answerChallenge({ session: `${session}x`, answer }));
    const confused = outcomeOf(identity.answerChallenge({ session, answer: other }));
    expect(await invented).toBe("challenge_expired");
    expect(await confused).toBe("challenge_expired");
    clock.advance(600);

    expect(await outcomeOf(identity.answerChallenge({ session, answer }))).toBe(
      "challenge_expired",
    );
  });

  test("let a user in by a code that was mailed", async () => {
    const { identity, lastCode } = await startWithAda();
    const { session } = challengeOf(await identity.signIn({ ...ada, factor: "email_code" }));
    const answer = { type: "email_code", code: lastCode() } as const;

    tokensOf(await identity.answerChallenge({ session, answer }));
  });

  test("come to nothing once their name leads to another account, or to none", async () => {
    const { identity, lastCode } = await startWithAda();
    const { session } = challengeOf(await identity.signIn({ ...ada, factor: "email_code" }));
    const answer = { type: "email_code", code: lastCode() } as const;
    await identity.deleteUser(ada);
    const gone = await outcomeOf(identity.answerChallenge({ session, answer }));
    await identity.signUp(ada);
    await identity.confirmSignUp({ ...ada, code: lastCode() });

    expect(gone).toBe("challenge_expired");
    expect(await outcomeOf(identity.answerChallenge({ session, answer }))).toBe(
      "challenge_expired",
    );
  });

  test("send the code again, in the place of the one before, and say nothing else", async () => {
    const { identity, lastCode, sent } = await startWithAda();
    const { session } = challengeOf(await identity.signIn({ ...ada, factor: "email_code" }));
    const former = lastCode();
    const before = sent.length;
    await identity.resendChallengeCode({ session });
    const answer = { type: "email_code", code: lastCode() } as const;

    expect(sent).toHaveLength(before + 1);
    if (former !== answer.code)
      expect(
        await outcomeOf(identity.answerChallenge({ session, answer: { ...answer, code: former } })),
      ).toBe("code_mismatch");
    tokensOf(await identity.answerChallenge({ session, answer }));
    expect(await outcomeOf(identity.resendChallengeCode({ session }))).toBe("challenge_expired");
  });

  test("of no code have none to send again", async () => {
    const { identity } = await startWithTotp();
    const { session } = challengeOf(await identity.signIn(ada));

    expect(await outcomeOf(identity.resendChallengeCode({ session }))).toBe("challenge_expired");
  });

  test("call a code wrong that is too old, so that it does not tell that there was one", async () => {
    const { identity, lastCode, clock } = await startWithAda();
    const first = challengeOf(await identity.signIn({ ...ada, factor: "email_code" }));
    const code = lastCode();
    clock.advance(90);
    const { session } = challengeOf(await identity.signIn({ username: ada.username }));
    clock.advance(89);
    const inTime = { ...first, answer: { type: "email_code", code: "none" } } as const;
    const early = await outcomeOf(identity.answerChallenge(inTime));
    const chosen = { session, answer: { type: "select_factor", factor: "email_code" } } as const;
    const second = challengeOf(await identity.answerChallenge(chosen));
    const answer = { type: "email_code", code } as const;

    expect(early).toBe("code_mismatch");
    expect(await outcomeOf(identity.answerChallenge({ ...second, answer }))).toBe("code_mismatch");
  });

  test("take an invited user's own password, with what else they say of themselves", async () => {
    const { identity, lastCode } = await startWithAda();
    const username = "bob@example.com";
    await identity.createUser({ username, attributes: { name: "Bob" } });
    const invited = { username, password: lastCode() };
    const { session } = challengeOf(await identity.signIn(invited));
    const attributes = { nickname: "B" };
    const weak = { type: "new_password", newPassword: "short", attributes } as const;
    await expect(identity.answerChallenge({ session, answer: weak })).rejects.toMatchObject({
      code: "password_policy_violation",
      violations: [{ path: ["newPassword"], reason: "too_short" }],
    });

    const answer = { ...weak, newPassword };
    const { accessToken } = tokensOf(await identity.answerChallenge({ session, answer }));

    expect((await identity.getProfile({ accessToken })).attributes).toMatchObject({
      name: "Bob",
      nickname: "B",
    });
    expect((await identity.getUser({ username })).status).toBe("confirmed");
    expect(await outcomeOf(identity.signIn(invited))).toBe("invalid_credentials");
    expect(await outcomeOf(identity.answerChallenge({ session, answer }))).toBe(
      "challenge_expired",
    );
  });

  test("go on with no factor that there is not", async () => {
    const { identity } = await startWithAda();
    const { session } = challengeOf(await identity.signIn({ username: ada.username }));

    const answer = { type: "select_factor", factor: "passkey" } as const;

    expect(await outcomeOf(identity.answerChallenge({ session, answer }))).toBe("not_supported");
  });

  test("forgive wrong codes of an app once a right one came", async () => {
    const { identity, app, clock } = await startWithTotp();
    const wrong = (await app.code()) === "000000" ? "111111" : "000000";
    const attempt = async (code: string) => {
      const { session } = challengeOf(await identity.signIn(ada));
      const answer = { type: "totp", code } as const;
      return outcomeOf(identity.answerChallenge({ session, answer }));
    };
    for (let times = 0; times < 4; times += 1) await attempt(wrong);
    const right = await attempt(await app.code());
    clock.advance(30);
    const ends: string[] = [];
    while (ends.length < 5) ends.push(await attempt(wrong));

    expect(right).toBe("done");
    expect(ends).toEqual(Array(5).fill("code_mismatch"));
  });

  test("ask for an app after a code that was mailed as well", async () => {
    const { identity, app, lastCode } = await startWithTotp();
    const begun = challengeOf(await identity.signIn({ ...ada, factor: "email_code" }));
    const code = { type: "email_code", code: lastCode() } as const;

    const challenge = challengeOf(
      await identity.answerChallenge({ session: begun.session, answer: code }),
    );
    const answer = { type: "totp", code: await app.code() } as const;

    expect(challenge.type).toBe("totp");
    tokensOf(await identity.answerChallenge({ session: challenge.session, answer }));
  });

  test("ask an invited user for the app that Better Auth beside us knows of", async () => {
    const { identity, lastCode, path } = await startWithAda();
    const username = "bob@example.com";
    await identity.createUser({ username, attributes: {} });
    const database = new DatabaseSync(path);
    database.exec("UPDATE user SET twoFactorEnabled = 1 WHERE email LIKE 'bob%'");
    database.close();
    const { session } = challengeOf(await identity.signIn({ username, password: lastCode() }));
    const own = { type: "new_password", newPassword, attributes: {} } as const;

    const challenge = challengeOf(await identity.answerChallenge({ session, answer: own }));
    const answer = { type: "totp", code: "123456" } as const;

    expect(challenge.type).toBe("totp");
    const outcome = identity.answerChallenge({ session: challenge.session, answer });
    expect(await outcomeOf(outcome)).toBe("code_mismatch");
  });

  test("take no attribute of an invited user that is not theirs to set", async () => {
    const { identity, lastCode } = await startWithAda();
    const username = "bob@example.com";
    await identity.createUser({ username, attributes: {} });
    const { session } = challengeOf(await identity.signIn({ username, password: lastCode() }));
    const answer = (attributes: Record<string, string>) =>
      outcomeOf(
        identity.answerChallenge({
          session,
          answer: { type: "new_password", newPassword, attributes },
        }),
      );

    expect(await answer({ phone_number_verified: "true" })).toBe("attribute_not_writable");
    expect(await answer({ nickname: "B" })).toBe("done");
  });

  test("call every code of a user wrong whom none was sent", async () => {
    const { identity } = await startWithAda();
    await identity.disableUser(ada);
    const { session } = challengeOf(await identity.signIn({ ...ada, factor: "email_code" }));

    const answer = { type: "email_code", code: "123456" } as const;

    expect(await outcomeOf(identity.answerChallenge({ session, answer }))).toBe("code_mismatch");
  });

  test("look and end alike for whoever is not there, and mail nothing", async () => {
    const { identity, sent } = await startWithAda();
    const outcomes: unknown[] = [];
    for (const username of [ada.username, nobody]) {
      const challenge = challengeOf(await identity.signIn({ username, factor: "email_code" }));
      const answer = { type: "email_code", code: "not a code" } as const;
      const { session, ...shown } = challenge;
      const ends: string[] = [];
      while (ends.length < 7)
        ends.push(await outcomeOf(identity.answerChallenge({ session, answer })));
      outcomes.push([Object.keys(shown), challenge.type, ends]);
    }

    expect(outcomes[1]).toEqual(outcomes[0]);
    expect(sent.some(({ destination }) => destination === nobody)).toBe(false);
  });

  test("offer the factors where none was chosen, and go on with the one that is", async () => {
    const { identity } = await startWithAda();
    const challenge = challengeOf(await identity.signIn({ username: ada.username }));
    const { session } = challenge;
    const answer = { type: "select_factor", factor: "password" } as const;

    const wrong = { session, answer: { ...answer, password: newPassword } };
    expect(await outcomeOf(identity.answerChallenge(wrong))).toBe("invalid_credentials");
    const right = { session, answer: { ...answer, password: ada.password } };

    expect(challenge).toMatchObject({ type: "select_factor", factors: ["password", "email_code"] });
    tokensOf(await identity.answerChallenge(right));
    expect(await outcomeOf(identity.answerChallenge(right))).toBe("challenge_expired");
  });
});
