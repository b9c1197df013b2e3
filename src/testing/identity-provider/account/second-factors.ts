import { expectBlame, expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { outcomesAtOnce } from "../../outcomes.ts";
import { expectOneWinner } from "../../races.ts";
import { contractCaseWith, raceCase } from "../contract-case.ts";
import { sessionTokens, signedInUser, signIn } from "../steps/account-steps.ts";
import { createAuthenticatorApp } from "../steps/authenticator-app.ts";
import {
  answer,
  beginWithPassword,
  registerApp,
  userWithApp,
  userWithPhone,
} from "../steps/challenge-steps.ts";

const totp = { needs: ["totp_mfa"] } as const;

/** The cases of `SecondFactors`. */
export const secondFactorCases = [
  contractCaseWith(totp, "second factors: are off until they are switched on", async (harness) => {
    const user = await signedInUser(harness);

    const { enabled } = await harness.identity.getMfa(user);

    expectEqual("the second factors of a new user", enabled, []);
  }),

  contractCaseWith(
    totp,
    "second factors: give out a new secret each time, in base32 and of 128 bits at least",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);

      const first = await harness.identity.startTotp({ accessToken });
      const second = await harness.identity.startTotp({ accessToken });

      for (const { secret } of [first, second])
        expectThat("the secret is base32, 26 characters or more", /^[A-Z2-7]{26,}$/.test(secret));
      expectThat("the secrets differ", first.secret !== second.secret);
    },
  ),

  contractCaseWith(
    totp,
    "second factors: are not switched on by confirming an app alone",
    async (harness) => {
      const user = await signedInUser(harness);

      await registerApp(harness, user);

      const { enabled } = await harness.identity.getMfa(user);
      expectEqual("the second factors", enabled, []);
      await signIn(harness, user);
    },
  ),

  contractCaseWith(totp, "second factors: are told once they are on", async (harness) => {
    const { accessToken } = await userWithApp(harness, { enabled: ["totp"], preferred: "totp" });

    const { enabled, preferred } = await harness.identity.getMfa({ accessToken });

    expectEqual("the second factors", enabled, ["totp"]);
    expectEqual("the preferred one", preferred, "totp");
  }),

  contractCaseWith(totp, "second factors: are not asked for once they are off", async (harness) => {
    const { app: _, ...user } = await userWithApp(harness);

    await harness.identity.setMfa({ accessToken: user.accessToken, enabled: [] });

    await signIn(harness, user);
  }),

  contractCaseWith(
    totp,
    "second factors: are told only to who knows the password",
    async (harness) => {
      const { username, password } = await userWithApp(harness);

      const wrong = harness.identity.signIn({ username, password: `${password}x` });

      await expectCode(wrong, "invalid_credentials");
    },
  ),

  contractCaseWith(
    totp,
    "second factors: refuse a wrong code of a new app, and take the right one after",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);
      const { secret } = await harness.identity.startTotp({ accessToken });
      const app = createAuthenticatorApp(secret, harness.controls.clock);

      const wrong = harness.identity.confirmTotp({ accessToken, code: await app.wrongCode() });
      await expectCode(wrong, "code_mismatch");

      await harness.identity.confirmTotp({ accessToken, code: await app.nextCode() });
    },
  ),

  contractCaseWith(
    totp,
    "second factors: refuse any code where no secret was given out",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);

      const unasked = harness.identity.confirmTotp({ accessToken, code: "123456" });

      await expectCode(unasked, "code_mismatch");
    },
  ),

  contractCaseWith(
    totp,
    "second factors: take codes of the secret that was given out last",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);
      const first = await harness.identity.startTotp({ accessToken });
      const old = createAuthenticatorApp(first.secret, harness.controls.clock);
      await harness.identity.startTotp({ accessToken });

      const late = harness.identity.confirmTotp({ accessToken, code: await old.nextCode() });

      await expectCode(late, "code_mismatch");
    },
  ),

  contractCaseWith(
    totp,
    "second factors: switch no app on that was not confirmed",
    async (harness) => {
      const user = await signedInUser(harness);
      const { accessToken } = user;
      await harness.identity.startTotp({ accessToken });

      const early = harness.identity.setMfa({ accessToken, enabled: ["totp"] });

      await expectCode(early, "mfa_not_available");
      await signIn(harness, user);
    },
  ),

  contractCaseWith(
    totp,
    "second factors: refuse to prefer one that is off and say which member is at fault",
    async (harness) => {
      const user = await signedInUser(harness);
      await registerApp(harness, user);
      const { accessToken } = user;

      const odd = harness.identity.setMfa({ accessToken, enabled: [], preferred: "totp" });

      expectBlame(await expectCode(odd, "validation_failed"), "preferred");
    },
  ),

  contractCaseWith(
    totp,
    "second factors: leave the app in use alone until a new one is confirmed",
    async (harness) => {
      const { app, ...user } = await userWithApp(harness);
      await harness.identity.startTotp({ accessToken: user.accessToken });

      const challenge = await beginWithPassword(harness, user, "totp");

      const code = await app.nextCode();
      sessionTokens(await answer(harness, challenge, { type: "totp", code }));
    },
  ),

  contractCaseWith(
    totp,
    "second factors: refuse the app before once a new one is confirmed",
    async (harness) => {
      const { app: old, ...user } = await userWithApp(harness);
      const app = await registerApp(harness, user);
      await harness.identity.setMfa({ accessToken: user.accessToken, enabled: ["totp"] });
      const challenge = await beginWithPassword(harness, user, "totp");

      const late = answer(harness, challenge, { type: "totp", code: await old.nextCode() });
      await expectCode(late, "code_mismatch");

      const code = await app.nextCode();
      sessionTokens(await answer(harness, challenge, { type: "totp", code }));
    },
  ),

  contractCaseWith(
    totp,
    "second factors: take a code of an app's for one sign-in",
    async (harness) => {
      const { app, ...user } = await userWithApp(harness);
      const used = { type: "totp", code: await app.nextCode() } as const;
      const first = await beginWithPassword(harness, user, "totp");
      await answer(harness, first, used);
      const second = await beginWithPassword(harness, user, "totp");

      await expectCode(answer(harness, second, used), "code_mismatch");

      const code = await app.nextCode();
      sessionTokens(await answer(harness, second, { type: "totp", code }));
    },
  ),

  raceCase(
    totp,
    "concurrency: takes a code of an app's for one of many sign-ins at once",
    async (harness) => {
      const { app, ...user } = await userWithApp(harness);
      const code = await app.nextCode();
      const challenges = [];
      while (challenges.length < 10)
        challenges.push(await beginWithPassword(harness, user, "totp"));

      const outcomes = await outcomesAtOnce(challenges, (challenge) =>
        answer(harness, challenge, { type: "totp", code }),
      );

      expectOneWinner(outcomes, "code_mismatch", "too_many_attempts", "challenge_expired");
    },
  ),

  contractCaseWith(
    { needs: ["sms_mfa"] },
    "second factors: send no text messages to a number that is not proven",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);

      const early = harness.identity.setMfa({ accessToken, enabled: ["sms_code"] });

      await expectCode(early, "mfa_not_available");
    },
  ),

  contractCaseWith(
    { needs: ["sms_mfa", "profile"] },
    "second factors: ask for a code by text message once that is on",
    async (harness) => {
      const { phoneNumber, ...user } = await userWithPhone(harness);
      await harness.identity.setMfa({ accessToken: user.accessToken, enabled: ["sms_code"] });

      const { delivery } = await beginWithPassword(harness, user, "sms_code");

      expectThat("the number is masked", !JSON.stringify(delivery ?? {}).includes(phoneNumber));
    },
  ),
];
