import { expectCode, expectEqual, expectPresent, expectThat } from "../../expectations.ts";
import { type Outcome, outcomeOf, outcomesAtOnce } from "../../outcomes.ts";
import { expectOneWinner } from "../../races.ts";
import { contractCaseWith, raceCase } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import { sessionTokens, signedInUser } from "../steps/account-steps.ts";
import {
  answer,
  atSecondFactor,
  beginWithPassword,
  expectChallenge,
  invite,
  registerApp,
  userWithApp,
} from "../steps/challenge-steps.ts";

const withApp = { needs: ["recovery_codes", "totp_mfa"] } as const;
const withChoice = { needs: ["recovery_codes", "totp_mfa", "email_mfa"] } as const;
const withAdministration = { needs: ["recovery_codes", "totp_mfa", "administration"] } as const;

/** The cases of recovery codes; what they have in common with every code is among the challenges. */
export const recoveryCodeCases = [
  contractCaseWith(
    withApp,
    "recovery codes: are several, none like another, and none the next user's",
    async (harness) => {
      const first = await harness.identity.createRecoveryCodes(await userWithApp(harness));
      const second = await harness.identity.createRecoveryCodes(await userWithApp(harness));

      expectThat("there is more than one", first.length > 1);
      const all = [...first, ...second];
      expectEqual("the number of codes that differ", new Set(all).size, all.length);
    },
  ),

  contractCaseWith(
    withApp,
    "recovery codes: are counted as long as they are left",
    async (harness) => {
      const { codes, session, ...user } = await atSecondFactor(harness);
      const before = await countLeft(harness, user);
      sessionTokens(await answer(harness, { session }, recoveryCode(codes[1])));

      const after = await countLeft(harness, user);

      expectEqual("the codes before", before, codes.length);
      expectEqual("the codes after one was used", after, codes.length - 1);
    },
  ),

  contractCaseWith(
    withApp,
    "recovery codes: are none where nobody asked for some",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);

      expectEqual("the codes that are left", await countLeft(harness, { accessToken }), 0);
    },
  ),

  contractCaseWith(withApp, "recovery codes: are taken however they are typed", async (harness) => {
    const { codes, session } = await atSecondFactor(harness);
    const typed = ` ${expectPresent("a code", codes[0]).toUpperCase().replaceAll("-", " ")} `;

    sessionTokens(await answer(harness, { session }, recoveryCode(typed)));
  }),

  contractCaseWith(
    withApp,
    "recovery codes: are good for one sign-in each, and leave the others good",
    async (harness) => {
      const { codes, session, ...user } = await atSecondFactor(harness);
      await answer(harness, { session }, recoveryCode(codes[0]));
      const later = await beginWithPassword(harness, user, "totp");

      await expectCode(answer(harness, later, recoveryCode(codes[0])), "code_mismatch");

      sessionTokens(await answer(harness, later, recoveryCode(codes[1])));
    },
  ),

  contractCaseWith(withApp, "recovery codes: leave the app as it is", async (harness) => {
    const { codes, session, app, ...user } = await atSecondFactor(harness);
    await answer(harness, { session }, recoveryCode(codes[0]));

    const later = await beginWithPassword(harness, user, "totp");

    const code = await app.nextCode();
    sessionTokens(await answer(harness, later, { type: "totp", code }));
  }),

  contractCaseWith(
    withApp,
    "recovery codes: stay as they are when another app is confirmed",
    async (harness) => {
      const { codes, app: _, session: __, ...user } = await atSecondFactor(harness);
      await registerApp(harness, user);
      await harness.identity.setMfa({ accessToken: user.accessToken, enabled: ["totp"] });

      const later = await beginWithPassword(harness, user, "totp");

      sessionTokens(await answer(harness, later, recoveryCode(codes[0])));
    },
  ),

  contractCaseWith(
    withApp,
    "recovery codes: are worthless once new ones were made",
    async (harness) => {
      const { codes: old, session, ...user } = await atSecondFactor(harness);
      const codes = await harness.identity.createRecoveryCodes(user);

      await expectCode(answer(harness, { session }, recoveryCode(old[0])), "code_mismatch");

      expectEqual("the codes that are left", await countLeft(harness, user), codes.length);
      sessionTokens(await answer(harness, { session }, recoveryCode(codes[0])));
    },
  ),

  contractCaseWith(
    withApp,
    "recovery codes: are not made for a user without a second factor",
    async (harness) => {
      const user = await signedInUser(harness);
      await registerApp(harness, user);

      await expectCode(harness.identity.createRecoveryCodes(user), "mfa_not_available");
    },
  ),

  contractCaseWith(
    withApp,
    "recovery codes: are worthless once all second factors were switched off",
    async (harness) => {
      const { codes, accessToken, ...user } = await atSecondFactor(harness);
      await harness.identity.setMfa({ accessToken, enabled: [] });
      expectEqual("the codes that are left", await countLeft(harness, { accessToken }), 0);
      await harness.identity.setMfa({ accessToken, enabled: ["totp"] });

      const later = await beginWithPassword(harness, user, "totp");

      await expectCode(answer(harness, later, recoveryCode(codes[0])), "code_mismatch");
    },
  ),

  contractCaseWith(
    withAdministration,
    "recovery codes: are taken away along with the second factors",
    async (harness) => {
      const { codes, ...user } = await atSecondFactor(harness);

      await harness.identity.resetMfa(user);

      expectEqual("the codes that are left", await countLeft(harness, user), 0);
      await registerApp(harness, user);
      await harness.identity.setMfa({ accessToken: user.accessToken, enabled: ["totp"] });
      const later = await beginWithPassword(harness, user, "totp");
      await expectCode(answer(harness, later, recoveryCode(codes[0])), "code_mismatch");
    },
  ),

  contractCaseWith(
    withAdministration,
    "recovery codes: stand for nothing but a second factor",
    async (harness) => {
      const { codes } = await atSecondFactor(harness);
      const invited = await beginWithPassword(harness, await invite(harness), "new_password");

      await expectCode(answer(harness, invited, recoveryCode(codes[0])), "challenge_expired");
    },
  ),

  contractCaseWith(
    withChoice,
    "recovery codes: stand for the choice of a second factor, and for the one that was chosen",
    async (harness) => {
      const user = await userWithApp(harness, { enabled: ["totp", "email_code"] });
      const codes = await harness.identity.createRecoveryCodes(user);
      const choice = await beginWithPassword(harness, user, "select_mfa");
      sessionTokens(await answer(harness, choice, recoveryCode(codes[0])));
      await harness.identity.setMfa({ accessToken: user.accessToken, enabled: ["email_code"] });

      const chosen = await beginWithPassword(harness, user, "email_code");

      sessionTokens(await answer(harness, chosen, recoveryCode(codes[1])));
    },
  ),

  contractCaseWith(
    { needs: ["recovery_codes", "totp_mfa", "email_code_sign_in"] },
    "recovery codes: stand for no code that stands for a password",
    async (harness) => {
      const { codes } = await atSecondFactor(harness);
      const { username } = await signedInUser(harness);
      const begun = await harness.identity.signIn({ username, factor: "email_code" });
      const { session } = expectChallenge(begun, "email_code");

      await expectCode(answer(harness, { session }, recoveryCode(codes[0])), "challenge_expired");
    },
  ),

  raceCase(
    withApp,
    "concurrency: takes a recovery code for one of many sign-ins at once",
    async (harness) => {
      const { codes, session: _, ...user } = await atSecondFactor(harness);
      const challenges = [];
      while (challenges.length < 10)
        challenges.push(await beginWithPassword(harness, user, "totp"));

      const outcomes = await outcomesAtOnce(challenges, (challenge) =>
        answer(harness, challenge, recoveryCode(codes[0])),
      );

      expectOneWinner(outcomes, "code_mismatch", "too_many_attempts", "challenge_expired");
      expectEqual("the codes that are left", await countLeft(harness, user), codes.length - 1);
    },
  ),

  raceCase(
    withApp,
    "concurrency: leaves the codes of one where they are made many times at once",
    async (harness) => {
      const { session, codes: _, ...user } = await atSecondFactor(harness);
      const made: (readonly string[])[] = [];
      await outcomesAtOnce([1, 2, 3, 4], async () => {
        made.push(await harness.identity.createRecoveryCodes(user));
      });

      const left = await countLeft(harness, user);
      const outcomes: Outcome[] = [];
      for (const codes of made) {
        const at = outcomes.includes("no error")
          ? await beginWithPassword(harness, user, "totp")
          : { session };
        outcomes.push(await outcomeOf(answer(harness, at, recoveryCode(codes[0]))));
      }

      expectEqual("the codes that are left", left, made[0]?.length);
      expectOneWinner(outcomes, "code_mismatch");
    },
  ),
];

function recoveryCode(code: string | undefined) {
  return { type: "recovery_code", code: expectPresent("a recovery code", code) } as const;
}

async function countLeft(
  { identity }: IdentityProviderHarness,
  { accessToken }: { readonly accessToken: string },
): Promise<number> {
  const { recoveryCodesLeft } = await identity.getMfa({ accessToken });
  return expectPresent("the number of recovery codes", recoveryCodesLeft);
}
