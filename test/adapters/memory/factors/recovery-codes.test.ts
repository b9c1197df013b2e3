import { describe, expect, it } from "vitest";
import { sha256Text } from "../../../../src/adapters/shared/digest.ts";
import { readRecoveryCode } from "../../../../src/domain/recovery-codes.ts";
import { appCode, signUpWithApp, wrongAppCode } from "../second-factor-support.ts";
import {
  ada,
  challengeOf,
  createOpenProvider,
  createProvider,
  lastCode,
  outcomeOf,
  signUpAndIn,
  signUpConfirmed,
  tokensOf,
} from "../support.ts";

async function startWithCodes() {
  const world = await signUpWithApp();
  const { identity } = world.provider;
  const codes = await identity.createRecoveryCodes(world);
  const show = async (code = "") => {
    const { session } = await challengeOf(world.signIn(), "totp");
    return identity.answerChallenge({ session, answer: { type: "recovery_code", code } });
  };
  return { ...world, identity, codes, show };
}

describe("recovery codes in memory", () => {
  it("stay in a snapshot, and are good again once it was brought back", async () => {
    const { provider, codes, show } = await startWithCodes();
    const before = provider.snapshot();
    await tokensOf(show(codes[0]));
    expect(await outcomeOf(show(codes[0]))).toBe("code_mismatch");

    provider.restore(before);

    expect(await tokensOf(show(codes[0]))).toBeDefined();
  });

  it("are kept by their digests alone", async () => {
    const { identity, users, change, outbox } = createOpenProvider();
    const { accessToken } = await signUpAndIn({ identity, outbox });
    await identity.setMfa({ accessToken, enabled: ["email_code"] });
    const codes = await identity.createRecoveryCodes({ accessToken });

    const kept = JSON.stringify(users.find(ada.username));

    for (const code of codes) expect(kept).not.toContain(code);
    change(ada.username, { recoveryCodes: [await sha256Text(readRecoveryCode("an-other"))] });
    const { session } = await challengeOf(identity.signIn(ada), "email_code");
    const answer = { type: "recovery_code", code: "an other" } as const;
    expect(await tokensOf(identity.answerChallenge({ session, answer }))).toBeDefined();
  });

  it("are guessed no more often than codes of an app, and lock both", async () => {
    const { provider, identity, secret, codes, signIn, show } = await startWithCodes();
    const { session } = await challengeOf(signIn(), "totp");
    const guess = (answer: Parameters<typeof identity.answerChallenge>[0]["answer"]) =>
      outcomeOf(identity.answerChallenge({ session, answer }));

    const outcomes = [
      await guess({ type: "totp", code: await wrongAppCode(provider, secret) }),
      await guess({ type: "recovery_code", code: "one" }),
      await guess({ type: "totp", code: await wrongAppCode(provider, secret) }),
      await guess({ type: "recovery_code", code: "two" }),
      await guess({ type: "recovery_code", code: "three" }),
      await guess({ type: "recovery_code", code: codes[0] ?? "" }),
      await guess({ type: "totp", code: await appCode(provider, secret) }),
    ];

    expect(outcomes).toEqual([
      ...Array.from({ length: 5 }, () => "code_mismatch"),
      "too_many_attempts for 1 s",
      "too_many_attempts for 1 s",
    ]);
    provider.clock.advance(60);
    expect(await tokensOf(show(codes[0]))).toBeDefined();
  });

  it("stand for the second factor that everyone needs, also where nobody switched it on", async () => {
    const provider = createProvider({ mfa: "required", mfaMethods: ["email_code"] });
    const { identity } = provider;
    await signUpConfirmed(provider);
    const first = await challengeOf(identity.signIn(ada), "email_code");
    const sent = {
      type: "email_code",
      code: lastCode(provider, ada.username, "mfa_code"),
    } as const;
    const { accessToken } = await tokensOf(
      identity.answerChallenge({ session: first.session, answer: sent }),
    );

    const [code = ""] = await identity.createRecoveryCodes({ accessToken });

    expect(await identity.getMfa({ accessToken })).toEqual({ enabled: [], recoveryCodesLeft: 10 });
    const { session } = await challengeOf(identity.signIn(ada), "email_code");
    const answer = { type: "recovery_code", code } as const;
    expect(await tokensOf(identity.answerChallenge({ session, answer }))).toBeDefined();
  });

  it("are not there where second factors are off for all, and answer nothing", async () => {
    const provider = createProvider({ mfa: "off" });
    const { accessToken } = await signUpAndIn(provider);
    const answer = { type: "recovery_code", code: "any" } as const;

    const outcomes = [
      await outcomeOf(provider.identity.createRecoveryCodes({ accessToken })),
      await outcomeOf(provider.identity.answerChallenge({ session: "invented", answer })),
    ];

    expect(outcomes).toEqual(["not_supported", "not_supported"]);
    expect(provider.identity.capabilities.has("recovery_codes")).toBe(false);
  });
});
