import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { type Outcome, outcomeCounts, outcomeOf, outcomesOf } from "../../outcomes.ts";
import { contractCase, contractCaseRequiring, contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import { givenUser, signUp, weakPassword } from "../steps/account-steps.ts";

const neverSent = "918273";

/** The cases on disclosure: no answer may tell who exists, and no error what was sent. */
export const disclosureCases = [
  contractCase(
    "disclosure: answers wrong passwords alike for every user name, past the limit",
    async (harness) => {
      await expectAlike(harness, (username) => wrongPasswords(harness, username));
    },
  ),

  contractCaseRequiring(
    ["clock"],
    "disclosure: locks every user name for as long after wrong passwords",
    async (harness, { clock }) => {
      await expectAlike(harness, async (username) => {
        const outcomes: Outcome[] = [];
        while (outcomes.length < 20) {
          outcomes.push(...(await wrongPasswords(harness, username, 1)));
          await clock.advance(1);
        }
        return outcomes;
      });
    },
  ),

  contractCaseWith(
    { needs: ["sign_up"] },
    "disclosure: answers wrong sign-up codes alike for every user name, past the limit",
    async (harness) => {
      await expectAlike(harness, (username) => wrongSignUpCodes(harness, username));
    },
  ),

  contractCaseWith(
    { needs: ["sign_up"] },
    "disclosure: answers wrong sign-up codes alike for every user name when a new code was asked for",
    async (harness) => {
      await expectAlike(harness, async (username) => {
        const before = await wrongSignUpCodes(harness, username);
        await outcomeOf(harness.identity.resendConfirmation({ username }));
        return [...before, ...(await wrongSignUpCodes(harness, username))];
      });
    },
  ),

  contractCaseWith(
    { needs: ["password_recovery"] },
    "disclosure: answers wrong reset codes alike for every user name, past the limit",
    async (harness) => {
      await expectAlike(harness, (username) => wrongResetCodes(harness, username));
    },
  ),

  contractCaseWith(
    { needs: ["password_recovery"] },
    "disclosure: answers wrong reset codes alike for every user name that a reset was asked for",
    async (harness) => {
      await expectAlike(harness, async (username) => {
        await outcomeOf(harness.identity.startPasswordReset({ username }));
        const before = await wrongResetCodes(harness, username);
        await outcomeOf(harness.identity.startPasswordReset({ username }));
        return [...before, ...(await wrongResetCodes(harness, username))];
      });
    },
  ),

  contractCaseRequiring(
    ["disabling"],
    "disclosure: answers wrong passwords and codes for a disabled user name as for an unknown one",
    async (harness, { disabling }) => {
      const { username } = harness.newUser();
      const disabled = await givenUser(harness);
      await disabling.disable(disabled.username);

      for (const attempt of [wrongPasswords, wrongSignUpCodes, wrongResetCodes]) {
        const expected = await attempt(harness, username);
        const actual = await attempt(harness, disabled.username);
        expectEqual("what a disabled user gets", outcomeCounts(actual), outcomeCounts(expected));
      }
    },
  ),

  contractCase("disclosure: repeats nothing of what was sent in an error", async (harness) => {
    const { identity } = harness;
    const { username, password, attributes } = await givenUser(harness);
    const wrongPassword = `${password}x`;
    const token = `unknown-${neverSent}`;

    for (const call of [
      () => identity.signUp({ username, password, attributes }),
      () => identity.signUp({ username, password: weakPassword, attributes }),
      () => identity.signIn({ username, password: wrongPassword }),
      () => identity.confirmSignUp({ username, code: neverSent }),
      () => identity.resetPassword({ username, code: neverSent, newPassword: password }),
      () => identity.refresh({ refreshToken: token }),
      () => identity.getProfile({ accessToken: token }),
    ]) {
      const { message, detail, violations } = await expectCode(call());
      const text = JSON.stringify([message, detail, violations]);
      for (const sent of [username, attributes.email, password, weakPassword, neverSent])
        expectThat("no error repeats what was sent", !text.includes(sent));
    }
  }),
];

/** Expects that whatever is tried with a known name ends as with an unknown one. */
async function expectAlike(
  harness: IdentityProviderHarness,
  attempt: (username: string) => Promise<Outcome[]>,
): Promise<void> {
  const unknown = await attempt(harness.newUser().username);
  if (harness.identity.capabilities.has("sign_up")) {
    const waiting = await attempt((await signUp(harness)).username);
    expectEqual("what a waiting user gets", outcomeCounts(waiting), outcomeCounts(unknown));
  }
  const confirmed = await attempt((await givenUser(harness)).username);
  expectEqual("what a confirmed user gets", outcomeCounts(confirmed), outcomeCounts(unknown));
}

function wrongPasswords(harness: IdentityProviderHarness, username: string, times = 15) {
  return outcomesOf(times, () =>
    harness.identity.signIn({ username, password: harness.newUser().password }),
  );
}

async function wrongSignUpCodes({ identity }: IdentityProviderHarness, username: string) {
  const outcomes = await outcomesOf(20, () =>
    identity.confirmSignUp({ username, code: neverSent }),
  );
  return outcomes.map(asShown);
}

async function wrongResetCodes(harness: IdentityProviderHarness, username: string) {
  const wrong = { username, code: neverSent, newPassword: harness.newUser().password };
  const outcomes = await outcomesOf(20, () => harness.identity.resetPassword(wrong));
  return outcomes.map(asShown);
}

/** These codes tell who exists, so the use cases show them as a wrong code. */
function asShown(outcome: Outcome): Outcome {
  const telling: readonly Outcome[] = [
    "already_confirmed",
    "code_expired",
    "recovery_unavailable",
    "user_disabled",
    "user_not_confirmed",
    "user_not_found",
  ];
  return telling.includes(outcome) ? "code_mismatch" : outcome;
}
