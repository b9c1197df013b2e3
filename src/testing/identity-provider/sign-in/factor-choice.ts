import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { outcomeCounts, outcomeOf, outcomesOf } from "../../outcomes.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import { givenUser, sessionTokens, signUp } from "../steps/account-steps.ts";
import { answer, expectChallenge, invite } from "../steps/challenge-steps.ts";

const byMail = { needs: ["email_code_sign_in"] } as const;

/** The cases on sign-ins that begin with nothing but a name. */
export const factorChoiceCases = [
  contractCaseWith(
    byMail,
    "factor choice: lets a user choose a code who gave nothing but a name",
    async (harness) => {
      const { username } = await givenUser(harness);

      const choice = await beginChoice(harness, username);

      expectThat("a code by mail can be chosen", choice.factors.includes("email_code"));
      const chosen = { type: "select_factor", factor: "email_code" } as const;
      const challenge = expectChallenge(await answer(harness, choice, chosen), "email_code");
      const code = await harness.codeFor(username, "sign_in_code");
      sessionTokens(await answer(harness, challenge, { type: "email_code", code }));
    },
  ),

  contractCaseWith(
    byMail,
    "factor choice: lets a user choose a password who gave nothing but a name",
    async (harness) => {
      const { username, password } = await givenUser(harness);

      const wrong = choosePassword(harness, { username, password: `${password}x` });
      await expectCode(wrong, "invalid_credentials");

      sessionTokens(await choosePassword(harness, { username, password }));
    },
  ),

  contractCaseWith(
    byMail,
    "factor choice: offers an unknown user the same as a known one",
    async (harness) => {
      const known = (await givenUser(harness)).username;
      const unknown = harness.newUser().username;

      const offered = await beginChoice(harness, known);
      const played = await beginChoice(harness, unknown);

      expectEqual("what is offered", played.factors, offered.factors);
    },
  ),

  contractCaseWith(
    byMail,
    "factor choice: refuses wrong passwords alike for every user name that chose one, past the limit",
    async (harness) => {
      const guessAs = async (username: string) => {
        const choice = await beginChoice(harness, username);
        const guess = { type: "select_factor", factor: "password", password: wrong } as const;
        return outcomesOf(20, () => answer(harness, choice, guess));
      };
      const wrong = harness.newUser().password;

      const expected = await guessAs((await givenUser(harness)).username);
      const actual = await guessAs(harness.newUser().username);

      expectEqual("what an unknown user gets", outcomeCounts(actual), outcomeCounts(expected));
    },
  ),

  contractCaseWith(
    { needs: ["email_code_sign_in", "sign_up"] },
    "factor choice: tells only who chose a password and knows it that a sign-up waits for confirmation",
    async (harness) => {
      const { username, password } = await signUp(harness);

      const wrong = choosePassword(harness, { username, password: `${password}x` });
      await expectCode(wrong, "invalid_credentials");

      const right = choosePassword(harness, { username, password });
      await expectCode(right, "user_not_confirmed");
    },
  ),

  contractCaseWith(
    { needs: ["email_code_sign_in", "password_recovery"], requires: ["forcedReset"] },
    "factor choice: tells only who chose a password and knows it that it must be reset",
    async (harness, { forcedReset }) => {
      const { username, password } = await givenUser(harness);
      await forcedReset.demand(username);

      const wrong = choosePassword(harness, { username, password: `${password}x` });
      await expectCode(wrong, "invalid_credentials");

      const right = choosePassword(harness, { username, password });
      await expectCode(right, "password_reset_required");
    },
  ),

  contractCaseWith(
    byMail,
    "factor choice: lets nobody choose a code twice in one session, whether there is such a user",
    async (harness) => {
      const chosen = { type: "select_factor", factor: "email_code" } as const;
      for (const { username } of [await givenUser(harness), harness.newUser()]) {
        const choice = await beginChoice(harness, username);
        expectChallenge(await answer(harness, choice, chosen), "email_code");

        await expectCode(answer(harness, choice, chosen), "challenge_expired");
      }
    },
  ),

  contractCaseWith(
    { needs: ["email_code_sign_in", "administration"] },
    "factor choice: offers an invited user the same as an unknown one, and no more comes of it",
    async (harness) => {
      const chosen = { type: "select_factor", factor: "email_code" } as const;
      const beginAs = async (username: string) => {
        const choice = await beginChoice(harness, username);
        const challenge = expectChallenge(await answer(harness, choice, chosen), "email_code");
        const guess = { type: "email_code", code: "12345678" } as const;
        const outcome = await outcomeOf(answer(harness, challenge, guess));
        const again = await outcomeOf(answer(harness, choice, chosen));
        return { factors: choice.factors, outcome, again };
      };
      const invited = await invite(harness);

      const expected = await beginAs(harness.newUser().username);
      const actual = await beginAs(invited.username);

      expectEqual("what an invited user gets", actual, expected);
      const sent = await harness.codeFor(invited.username, "sign_in_code").catch(() => undefined);
      expectThat("no code is sent", sent === undefined);
    },
  ),

  contractCaseWith(
    { needs: ["email_code_sign_in", "administration"] },
    "factor choice: lets an invited user choose the password, beside what cannot be chosen",
    async (harness) => {
      const { username, password } = await invite(harness);

      const result = await choosePassword(harness, { username, password });

      expectChallenge(result, "new_password");
    },
  ),
];

async function beginChoice({ identity }: IdentityProviderHarness, username: string) {
  return expectChallenge(await identity.signIn({ username }), "select_factor");
}

async function choosePassword(
  harness: IdentityProviderHarness,
  { username, password }: { readonly username: string; readonly password: string },
) {
  const choice = await beginChoice(harness, username);
  return answer(harness, choice, { type: "select_factor", factor: "password", password });
}
