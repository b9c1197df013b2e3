import { describe, expect, it } from "vitest";
import { appCode, signUpWithApp, wrongAppCode } from "../second-factor-support.ts";
import { challengeOf, createProvider, outcomeOf, signUpAndIn, tokensOf } from "../support.ts";

describe("second factors", () => {
  it("are off until they are switched on, also with an app that was confirmed", async () => {
    const { provider, accessToken, signIn } = await signUpWithApp(undefined, { enabled: [] });

    expect(await provider.identity.getMfa({ accessToken })).toEqual({
      enabled: [],
      recoveryCodesLeft: 0,
    });
    expect(await tokensOf(signIn())).toBeDefined();
  });

  it("cannot be switched on before they were proven", async () => {
    const provider = createProvider();
    const { accessToken } = await signUpAndIn(provider);
    const set = (enabled: readonly ("totp" | "sms_code")[]) =>
      outcomeOf(provider.identity.setMfa({ accessToken, enabled }));

    expect([await set(["totp"]), await set(["sms_code"])]).toEqual([
      "mfa_not_available",
      "mfa_not_available",
    ]);
  });

  it("have no preferred one that is not switched on", async () => {
    const { provider, accessToken } = await signUpWithApp();
    const preferences = { enabled: ["totp"], preferred: "email_code" } as const;

    const setting = provider.identity.setMfa({ accessToken, ...preferences });

    await expect(setting).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["preferred"], reason: "not_enabled" }],
    });
  });

  it("are not there when they are off for all", async () => {
    const provider = createProvider({ mfa: "off" });
    const { accessToken } = await signUpAndIn(provider);

    const outcomes = [
      await outcomeOf(provider.identity.startTotp({ accessToken })),
      await outcomeOf(provider.identity.setMfa({ accessToken, enabled: ["email_code"] })),
    ];

    expect(outcomes).toEqual(["not_supported", "not_supported"]);
    expect([...provider.identity.capabilities].filter((name) => name.endsWith("_mfa"))).toEqual([]);
  });
});

describe("an authenticator app", () => {
  it("stays in use until another one was confirmed", async () => {
    const { provider, secret, accessToken, signIn } = await signUpWithApp();
    const { identity } = provider;
    const next = await identity.startTotp({ accessToken });
    const use = async (code: string) => {
      const { session } = await challengeOf(signIn(), "totp");
      return outcomeOf(identity.answerChallenge({ session, answer: { type: "totp", code } }));
    };

    const old = await use(await appCode(provider, secret));
    const wrong = await identity
      .confirmTotp({ accessToken, code: await wrongAppCode(provider, next.secret) })
      .catch((error) => error.code);
    await identity.confirmTotp({ accessToken, code: await appCode(provider, next.secret) });
    provider.clock.advance(60);
    const oldAfter = await use(await appCode(provider, secret));
    const newAfter = await use(await appCode(provider, next.secret));

    expect(next.secret).not.toBe(secret);
    expect([old, wrong, oldAfter, newAfter]).toEqual([
      "done",
      "code_mismatch",
      "code_mismatch",
      "done",
    ]);
  });

  it("cannot be confirmed before a secret was made, nor twice with one", async () => {
    const provider = createProvider();
    const { accessToken } = await signUpAndIn(provider);
    const confirm = (code: string) =>
      outcomeOf(provider.identity.confirmTotp({ accessToken, code }));
    const before = await confirm("000000");
    const { secret } = await provider.identity.startTotp({ accessToken });

    const outcomes = [
      before,
      await confirm(await appCode(provider, secret)),
      await confirm(await appCode(provider, secret, 1)),
    ];

    expect(outcomes).toEqual(["code_mismatch", "done", "code_mismatch"]);
  });
});
