import { expectCode, expectEqual, expectPresent } from "../../expectations.ts";
import { contractCaseWith } from "../contract-case.ts";
import {
  givenUser,
  sessionTokens,
  signedInUser,
  signIn,
  withOther,
} from "../steps/account-steps.ts";
import { answer, beginWithPassword, chooseApp, userWithApp } from "../steps/challenge-steps.ts";

const needs = ["administration", "totp_mfa"] as const;

/** The cases of `Administration` on second factors that were lost. */
export const factorResetCases = [
  contractCaseWith(
    { needs },
    "administration: takes second factors away, and ends no session with them",
    async (harness) => {
      const { app: _, accessToken, ...user } = await userWithApp(harness);

      await harness.identity.resetMfa(user);

      await signIn(harness, user);
      const { enabled } = await harness.identity.getMfa({ accessToken });
      expectEqual("the second factors", enabled, []);
    },
  ),

  contractCaseWith(
    { needs },
    "administration: has an app forgotten that is taken away",
    async (harness) => {
      const { accessToken, username } = await userWithApp(harness);

      await harness.identity.resetMfa({ username });

      const old = harness.identity.setMfa({ accessToken, enabled: ["totp"] });
      await expectCode(old, "mfa_not_available");
    },
  ),

  contractCaseWith(
    { needs },
    "administration: has no second factors to take from a user without",
    async (harness) => {
      const { username } = await signedInUser(harness);
      const other = await userWithApp(harness);

      await harness.identity.resetMfa({ username });
      await harness.identity.resetMfa({ username });

      await beginWithPassword(harness, other, "totp");
    },
  ),

  contractCaseWith(
    { needs, requires: ["requiredMfa"] },
    "administration: has a user set up a second factor anew where everyone must have one",
    ({ controls }) =>
      withOther(expectPresent("the control", controls.requiredMfa), async (strict) => {
        const user = await givenUser(strict);
        const lost = await chooseApp(strict, await beginWithPassword(strict, user, "mfa_setup"));
        const step = { code: await lost.app.nextCode() };
        sessionTokens(await answer(strict, lost, { type: "mfa_setup", step }));
        await beginWithPassword(strict, user, "totp");

        await strict.identity.resetMfa(user);

        const { app, ...found } = await chooseApp(
          strict,
          await beginWithPassword(strict, user, "mfa_setup"),
        );
        const code = await app.nextCode();
        sessionTokens(await answer(strict, found, { type: "mfa_setup", step: { code } }));
      }),
  ),
];
