import { expectCode, expectEqual, expectPresent, expectThat } from "../../expectations.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import { givenUser, sessionTokens, withOther } from "../steps/account-steps.ts";
import {
  answer,
  beginWithPassword,
  chooseApp,
  expectChallenge,
  userWithApp,
} from "../steps/challenge-steps.ts";

const both = { needs: ["totp_mfa", "email_mfa"] } as const;
const required = { needs: ["totp_mfa"], requires: ["requiredMfa"] } as const;

/** The cases on a sign-in where a second factor has to be chosen, or to be set up first. */
export const mfaChoiceCases = [
  contractCaseWith(both, "second factors: let a user choose among several", async (harness) => {
    const { app, ...user } = await userWithApp(harness, { enabled: ["totp", "email_code"] });

    const choice = await beginWithPassword(harness, user, "select_mfa");

    expectEqual("the methods", choice.methods.toSorted(), ["email_code", "totp"]);
    const chosen = await answer(harness, choice, { type: "select_mfa", method: "totp" });
    const challenge = expectChallenge(chosen, "totp");
    const code = await app.nextCode();
    sessionTokens(await answer(harness, challenge, { type: "totp", code }));
  }),

  contractCaseWith(both, "second factors: send a code to a user who chose one", async (harness) => {
    const { app: _, ...user } = await userWithApp(harness, { enabled: ["totp", "email_code"] });
    const choice = await beginWithPassword(harness, user, "select_mfa");

    const chosen = await answer(harness, choice, { type: "select_mfa", method: "email_code" });

    const challenge = expectChallenge(chosen, "email_code");
    const code = await harness.codeFor(user.username, "mfa_code");
    sessionTokens(await answer(harness, challenge, { type: "email_code", code }));
  }),

  contractCaseWith(both, "second factors: spend the session of a choice", async (harness) => {
    const { app: _, ...user } = await userWithApp(harness, { enabled: ["totp", "email_code"] });
    const choice = await beginWithPassword(harness, user, "select_mfa");
    await answer(harness, choice, { type: "select_mfa", method: "totp" });

    const again = answer(harness, choice, { type: "select_mfa", method: "totp" });

    await expectCode(again, "challenge_expired");
  }),

  contractCaseWith(both, "second factors: let nobody choose one that is off", async (harness) => {
    const { app: _, ...user } = await userWithApp(harness, { enabled: ["totp", "email_code"] });
    const choice = await beginWithPassword(harness, user, "select_mfa");

    const odd = answer(harness, choice, { type: "select_mfa", method: "sms_code" });

    await expectCode(odd, "mfa_not_available");
  }),

  contractCaseWith(both, "second factors: ask for the preferred one first", async (harness) => {
    const preferences = { enabled: ["totp", "email_code"], preferred: "totp" } as const;
    const { app: _, ...user } = await userWithApp(harness, preferences);

    await beginWithPassword(harness, user, "totp");
  }),

  contractCaseWith(
    required,
    "second factors: are set up inside of the sign-in where everyone must have one",
    (harness) =>
      withRequiredMfa(harness, async (strict) => {
        const user = await givenUser(strict);
        const first = await beginWithPassword(strict, user, "mfa_setup");
        expectThat("an authenticator app is offered", first.methods.includes("totp"));

        const { session, app, account } = await chooseApp(strict, first);
        expectEqual("the account that the app shows", account, user.username);
        const code = await app.nextCode();
        const done = await answer(strict, { session }, { type: "mfa_setup", step: { code } });

        const { accessToken } = sessionTokens(done);
        const { enabled } = await strict.identity.getMfa({ accessToken });
        expectEqual("the second factors", enabled, ["totp"]);
        const challenge = await beginWithPassword(strict, user, "totp");
        const next = await app.nextCode();
        sessionTokens(await answer(strict, challenge, { type: "totp", code: next }));
      }),
  ),

  contractCaseWith(
    required,
    "second factors: can be set up after a wrong code where everyone must have one",
    (harness) =>
      withRequiredMfa(harness, async (strict) => {
        const user = await givenUser(strict);
        const first = await beginWithPassword(strict, user, "mfa_setup");
        const { session, app } = await chooseApp(strict, first);

        const wrong = { type: "mfa_setup", step: { code: await app.wrongCode() } } as const;
        await expectCode(answer(strict, { session }, wrong), "code_mismatch");

        const right = { type: "mfa_setup", step: { code: await app.nextCode() } } as const;
        sessionTokens(await answer(strict, { session }, right));
      }),
  ),

  contractCaseWith(
    required,
    "second factors: let nobody in without a code where everyone must have one",
    (harness) =>
      withRequiredMfa(harness, async (strict) => {
        const user = await givenUser(strict);
        const first = await beginWithPassword(strict, user, "mfa_setup");

        const early = { type: "mfa_setup", step: { code: "123456" } } as const;
        await expectCode(answer(strict, first, early), "code_mismatch", "challenge_expired");

        await beginWithPassword(strict, user, "mfa_setup");
      }),
  ),

  contractCaseWith(
    required,
    "second factors: cannot all be switched off where everyone must have one",
    (harness) =>
      withRequiredMfa(harness, async (strict) => {
        const user = await givenUser(strict);
        const first = await beginWithPassword(strict, user, "mfa_setup");
        const { session, app } = await chooseApp(strict, first);
        const step = { code: await app.nextCode() };
        const done = await answer(strict, { session }, { type: "mfa_setup", step });
        const { accessToken } = sessionTokens(done);

        const off = strict.identity.setMfa({ accessToken, enabled: [] });

        await expectCode(off, "mfa_not_available");
      }),
  ),
];

/** Runs a task on a provider of the same kind where everyone must have a second factor. */
async function withRequiredMfa(
  { controls }: IdentityProviderHarness,
  task: (strict: IdentityProviderHarness) => Promise<void>,
): Promise<void> {
  await withOther(expectPresent("the control", controls.requiredMfa), task);
}
