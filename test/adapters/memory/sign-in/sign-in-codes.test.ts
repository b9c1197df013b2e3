import { describe, expect, it } from "vitest";
import { appCode, signUpWithApp } from "../second-factor-support.ts";
import {
  ada,
  challengeOf,
  createProvider,
  lastCode,
  newPassword,
  otherCode,
  outcomeOf,
  outcomesOf,
  signUpAndIn,
  signUpConfirmed,
  type TestProvider,
  tokensOf,
} from "../support.ts";

const hour = 3600;
const byEmail = { username: ada.username, factor: "email_code" } as const;

/** Gives ways to answer a challenge with a code that was mailed, and to have it sent again. */
function waysOf({ identity }: TestProvider, session: string) {
  return {
    attempt: (code: string) =>
      identity.answerChallenge({ session, answer: { type: "email_code", code } }),
    resend: () => identity.resendChallengeCode({ session }),
  };
}

describe("the code of a sign-in that is sent again", () => {
  it("takes the place of the one before, and leaves the wrong ones counted", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const { session } = await challengeOf(provider.identity.signIn(byEmail), "email_code");
    const { attempt, resend } = waysOf(provider, session);
    const first = lastCode(provider, ada.username, "sign_in_code");
    await outcomesOf(3, () => attempt(otherCode(first)));

    await resend();
    const second = lastCode(provider, ada.username, "sign_in_code");
    const wrong = first === second ? otherCode(second) : first;

    expect(second).toMatch(/^\d{8}$/);
    expect(await outcomesOf(2, () => attempt(wrong))).toEqual(["code_mismatch", "code_mismatch"]);
    expect(await outcomeOf(attempt(second))).toBe("too_many_attempts for 180 s");
  });

  it("is right in place of a password", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const { session } = await challengeOf(provider.identity.signIn(byEmail), "email_code");
    const { attempt, resend } = waysOf(provider, session);

    await resend();

    await tokensOf(attempt(lastCode(provider, ada.username, "sign_in_code")));
  });

  it("goes to nobody where there is nobody, as often as to anyone", async () => {
    const provider = createProvider();
    const { session } = await challengeOf(provider.identity.signIn(byEmail), "email_code");
    const { resend } = waysOf(provider, session);

    const ends = await outcomesOf(20, resend);

    expect(ends).toEqual([...Array(19).fill("done"), `too_many_attempts for ${hour} s`]);
  });

  it("is right as a second factor, and not while the account is locked", async () => {
    const provider = createProvider();
    const { accessToken } = await signUpAndIn(provider);
    await provider.identity.setMfa({ accessToken, enabled: ["email_code"] });
    const { session } = await challengeOf(provider.identity.signIn(ada), "email_code");
    const { attempt, resend } = waysOf(provider, session);
    await outcomesOf(5, () => attempt(otherCode(lastCode(provider, ada.username, "mfa_code"))));
    const locked = await outcomeOf(resend());
    provider.clock.advance(1);

    await resend();
    const code = lastCode(provider, ada.username, "mfa_code");

    expect(locked).toBe("too_many_attempts for 1 s");
    expect(code).toMatch(/^\d{6}$/);
    await tokensOf(attempt(code));
  });

  it("is sent twenty times an hour as a second factor", async () => {
    const provider = createProvider();
    const { accessToken } = await signUpAndIn(provider);
    await provider.identity.setMfa({ accessToken, enabled: ["email_code"] });
    const { session } = await challengeOf(provider.identity.signIn(ada), "email_code");

    const ends = await outcomesOf(21, waysOf(provider, session).resend);

    expect(ends).toEqual([...Array(20).fill("done"), `too_many_attempts for ${hour} s`]);
  });

  it("goes to the address that is being set up, five times an hour, and then proves it", async () => {
    const provider = createProvider({
      signInModel: "username",
      autoConfirm: true,
      mfa: "required",
      mfaMethods: ["email_code"],
    });
    const { identity, outbox } = provider;
    const user = { ...ada, username: "ada" };
    await identity.signUp(user);
    const { session: setUp } = await challengeOf(identity.signIn(user), "mfa_setup");
    const step = { method: "email_code", address: "countess@example.com" } as const;
    const { session } = await challengeOf(
      identity.answerChallenge({ session: setUp, answer: { type: "mfa_setup", step } }),
      "email_code",
    );
    const { attempt, resend } = waysOf(provider, session);

    const ends = await outcomesOf(5, resend);
    const sent = outbox.messagesFor("ada");
    const { accessToken } = await tokensOf(attempt(lastCode(provider, "ada", "mfa_code")));

    expect(ends).toEqual([...Array(4).fill("done"), `too_many_attempts for ${hour} s`]);
    expect(sent.map(({ destination }) => destination)).toEqual(Array(5).fill(step.address));
    const { attributes } = await identity.getProfile({ accessToken });
    expect(attributes).toMatchObject({ email: step.address, email_verified: true });
    expect(await identity.getMfa({ accessToken })).toEqual({
      enabled: ["email_code"],
      recoveryCodesLeft: 0,
    });
  });
});

describe("a code that cannot be sent", () => {
  it("is no reason for another answer than a name that nobody has gets", async () => {
    let isDown = false;
    const provider = createProvider({
      onMessage() {
        if (isDown) throw new Error("the mail server is down");
      },
    });
    await signUpConfirmed(provider);
    isDown = true;

    const { delivery } = await challengeOf(provider.identity.signIn(byEmail), "email_code");

    expect(delivery).toEqual({ medium: "email", destination: "a***@e***" });
  });
});

describe("the delivery that is played for a name that nobody has", () => {
  const deliveryTo = async (
    username: string,
    factor: "email_code" | "sms_code",
    provider = createProvider({ signInModel: "username" }),
  ) => {
    const { delivery } = await challengeOf(provider.identity.signIn({ username, factor }), factor);
    return delivery;
  };

  it("is that of the name where the name is an address of its kind", async () => {
    const email = { medium: "email", destination: "b***@e***" };

    expect(await deliveryTo("bob@example.com", "email_code")).toEqual(email);
    expect(await deliveryTo("+4930123456", "sms_code")).toEqual({
      medium: "sms",
      destination: "+*******3456",
    });
  });

  it("is made up of any other, and the same in whatever letters it is written", async () => {
    const provider = createProvider({ signInModel: "username" });
    const made = /^[a-z]\*{3}@[a-z]\*{3}$/;
    const one = await deliveryTo("ren\u00e9", "email_code", provider);

    expect(one?.destination).toMatch(made);
    expect(await deliveryTo("RENE\u0301", "email_code", provider)).toEqual(one);
    expect((await deliveryTo("+4930123456", "email_code", provider))?.destination).toMatch(made);
    for (const name of ["ada@example.com", "+49x", "x+49"]) {
      const { destination } = (await deliveryTo(name, "sms_code", provider)) ?? {};
      expect(destination).toMatch(/^\+\*{7}\d{4}$/);
    }
  });

  it("is another for other names, and with another provider", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `user${index}`);
    const madeBy = async (provider = createProvider({ signInModel: "username" })) => {
      const deliveries = [];
      for (const name of names) deliveries.push(await deliveryTo(name, "email_code", provider));
      return deliveries.map((delivery) => delivery?.destination);
    };
    const [one, other] = [await madeBy(), await madeBy()];

    expect(new Set(one).size).toBeGreaterThan(10);
    expect(one).not.toEqual(other);
  });
});

describe("a sign-in that goes on after a password", () => {
  it("comes to nothing once that was reset, though it was given as a choice", async () => {
    const { provider, secret } = await signUpWithApp();
    const { identity } = provider;
    const { username, password } = ada;
    const { session } = await challengeOf(identity.signIn({ username }), "select_factor");
    const chosen = { type: "select_factor", factor: "password", password } as const;
    const waiting = await challengeOf(
      identity.answerChallenge({ session, answer: chosen }),
      "totp",
    );
    await identity.startPasswordReset({ username });
    const code = lastCode(provider, username, "password_reset");
    await identity.resetPassword({ username, code, newPassword });

    const answer = { type: "totp", code: await appCode(provider, secret) } as const;

    expect(await outcomeOf(identity.answerChallenge({ ...waiting, answer }))).toBe(
      "challenge_expired",
    );
  });

  it("goes on with the user's own in the place of a temporary one", async () => {
    const provider = createProvider({ mfa: "required", mfaMethods: ["totp"] });
    const { identity } = provider;
    const { username } = ada;
    await identity.createUser({ username, attributes: {} });
    const password = lastCode(provider, username, "invitation");
    const { session } = await challengeOf(identity.signIn({ username, password }), "new_password");
    const answer = { type: "new_password", newPassword, attributes: {} } as const;
    const setUp = await challengeOf(identity.answerChallenge({ session, answer }), "mfa_setup");
    const choice = { type: "mfa_setup", step: { method: "totp" } } as const;
    const { totp, ...confirming } = await challengeOf(
      identity.answerChallenge({ ...setUp, answer: choice }),
      "mfa_setup",
    );

    const code = await appCode(provider, totp?.secret ?? "");
    const proof = { type: "mfa_setup", step: { code } } as const;

    await tokensOf(identity.answerChallenge({ ...confirming, answer: proof }));
  });

  it("needs one of the factors that were offered, and a password for that", async () => {
    const { identity } = createProvider();
    const { session } = await challengeOf(
      identity.signIn({ username: ada.username }),
      "select_factor",
    );
    const choose = (factor: "passkey" | "password") =>
      identity.answerChallenge({ session, answer: { type: "select_factor", factor } });

    await expect(choose("passkey")).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["factor"], reason: "not_offered" }],
    });
    await expect(choose("password")).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["password"], reason: "required" }],
    });
  });
});

describe("a code by text message", () => {
  const phone = "+4930123456";

  it("signs in like one by mail, by choice too, and can be sent again", async () => {
    const provider = createProvider({ signInModel: "phone_number" });
    const { identity } = provider;
    await signUpConfirmed(provider, { ...ada, username: phone });
    const { session } = await challengeOf(identity.signIn({ username: phone }), "select_factor");
    const choice = { type: "select_factor", factor: "sms_code" } as const;
    const waiting = await challengeOf(
      identity.answerChallenge({ session, answer: choice }),
      "sms_code",
    );
    await identity.resendChallengeCode(waiting);

    const code = lastCode(provider, phone, "sign_in_code");
    const answer = { type: "sms_code", code } as const;

    expect(waiting.delivery).toEqual({ medium: "sms", destination: "+*******3456" });
    await tokensOf(identity.answerChallenge({ ...waiting, answer }));
  });
});

describe("a sign-in by a code whose user changes meanwhile", () => {
  /** Begins one, and gives what ends it with the right code. */
  async function begin(provider: TestProvider) {
    const { session } = await challengeOf(provider.identity.signIn(byEmail), "email_code");
    const code = lastCode(provider, ada.username, "sign_in_code");
    return () => waysOf(provider, session).attempt(code);
  }

  it("is worth nothing once the user is gone, and wrong for one who signs up under the name", async () => {
    const provider = createProvider();
    const { identity } = provider;
    const { session } = await challengeOf(identity.signIn(byEmail), "email_code");
    const { accessToken } = await signUpAndIn(provider);
    const played = await outcomeOf(waysOf(provider, session).attempt("12345678"));
    const end = await begin(provider);
    await identity.deleteAccount({ accessToken });

    expect(played).toBe("code_mismatch");
    expect(await outcomeOf(end())).toBe("challenge_expired");
  });

  it("lets nobody off a new password that was asked for", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const end = await begin(provider);
    const user = { username: ada.username };
    await provider.identity.requirePasswordReset(user);

    expect(await outcomeOf(end())).toBe("password_reset_required");
    expect((await provider.identity.getUser(user)).status).toBe("password_reset_required");
  });

  it("asks for a second factor that was switched on, and goes on though the password is another", async () => {
    const provider = createProvider();
    const { accessToken } = await signUpAndIn(provider);
    const end = await begin(provider);
    const { secret } = await provider.identity.startTotp({ accessToken });
    const code = await appCode(provider, secret);
    await provider.identity.confirmTotp({ accessToken, code });
    await provider.identity.setMfa({ accessToken, enabled: ["totp"] });

    const waiting = await challengeOf(end(), "totp");
    const change = { accessToken, currentPassword: ada.password, newPassword };
    await provider.identity.changePassword(change);
    const answer = { type: "totp", code: await appCode(provider, secret, 1) } as const;

    await tokensOf(provider.identity.answerChallenge({ ...waiting, answer }));
  });
});

describe("a second factor", () => {
  it.each([
    ["is asked for", 0],
    ["is sent again", 1],
  ])("leaves an address as it is that was changed since it %s", async (_what, times) => {
    const provider = createProvider({ verifyBeforeUpdate: false });
    const { identity } = provider;
    const { accessToken } = await signUpAndIn(provider);
    await identity.setMfa({ accessToken, enabled: ["email_code"] });
    const { session } = await challengeOf(identity.signIn(ada), "email_code");
    const { attempt, resend } = waysOf(provider, session);
    await outcomesOf(times, resend);
    const code = lastCode(provider, ada.username, "mfa_code");
    const attributes = { email: "countess@example.com" };
    await identity.updateAttributes({ accessToken, attributes });

    const tokens = await tokensOf(attempt(code));

    expect((await identity.getProfile(tokens)).attributes).toMatchObject(attributes);
  });

  it("comes after a challenge of the operator's own as well", async () => {
    const provider = createProvider({
      customChallenge: {
        next: ({ rounds }) =>
          rounds.length > 0
            ? { action: "admit" }
            : { action: "ask", parameters: {}, expected: "yes" },
      },
    });
    await signUpWithApp(provider);
    const { identity } = provider;
    const begun = identity.signIn({ username: ada.username, factor: "custom" });
    const { session } = await challengeOf(begun, "custom");

    const answer = { type: "custom", answer: "yes" } as const;

    await challengeOf(identity.answerChallenge({ session, answer }), "totp");
  });
});
