import { contractCase, contractCaseRequiring } from "../contract-case.ts";
import {
  expectCode,
  expectEqual,
  expectOneOf,
  expectPresent,
  expectThat,
} from "../expectations.ts";
import { inShort, type Outcome, outcomeOf, outcomesAtOnce, outcomesOf } from "../outcomes.ts";
import {
  confirm,
  otherCode,
  signIn,
  signUp,
  signUpAndConfirm,
  signUpAndStartReset,
} from "../steps.ts";

/** What holds of registration and passwords when calls come at once. */
export const concurrencyCases = [
  contractCase("concurrency: lets one of many sign-ups under one name succeed", async (harness) => {
    const user = harness.newUser();
    const attempts = fifty(() => ({ ...user, password: harness.newUser().password }));

    const outcomes = await outcomesAtOnce(attempts, (attempt) => harness.identity.signUp(attempt));

    expectEqual("the outcomes", inShort(outcomes.toSorted()), "no error ×1, username_taken ×49");
    await confirm(harness, user);
    await signIn(harness, winnerOf(attempts, outcomes));
  }),

  contractCaseRequiring(
    ["deliveries"],
    "concurrency: sends one code for many sign-ups under one name",
    async (harness, { deliveries }) => {
      const user = harness.newUser();

      await outcomesAtOnce(
        fifty(() => user),
        (attempt) => harness.identity.signUp(attempt),
      );

      const sent = await deliveries.count(user.username, "sign_up_confirmation");
      expectEqual("codes sent", sent, 1);
    },
  ),

  contractCase("concurrency: takes a sign-up code once of many times", async (harness) => {
    const user = await signUp(harness);
    const { username } = user;
    const code = await harness.codeFor(username, "sign_up_confirmation");
    const attempts = fifty(() => ({ username, code }));

    const outcomes = await outcomesAtOnce(attempts, (attempt) =>
      harness.identity.confirmSignUp(attempt),
    );

    expectOneWinner(outcomes, "already_confirmed", "code_expired", "code_mismatch");
    await signIn(harness, user);
  }),

  contractCase("concurrency: takes a reset code once of many times", async (harness) => {
    const { username, code } = await signUpAndStartReset(harness);
    const attempts = fifty(() => ({ username, code, newPassword: harness.newUser().password }));

    const outcomes = await outcomesAtOnce(attempts, (attempt) =>
      harness.identity.resetPassword(attempt),
    );

    expectOneWinner(outcomes, "code_expired", "code_mismatch", "too_many_attempts");
    const { newPassword } = winnerOf(attempts, outcomes);
    await signIn(harness, { username, password: newPassword });
  }),

  contractCase("concurrency: counts wrong sign-up codes that come at once", async (harness) => {
    await expectSameLimit(async () => {
      const { username } = await signUp(harness);
      const code = await harness.codeFor(username, "sign_up_confirmation");
      return {
        wrong: () => harness.identity.confirmSignUp({ username, code: otherCode(code) }),
        right: () => harness.identity.confirmSignUp({ username, code }),
      };
    });
  }),

  contractCase("concurrency: counts wrong reset codes that come at once", async (harness) => {
    await expectSameLimit(async () => {
      const { username, code } = await signUpAndStartReset(harness);
      const reset = { username, newPassword: harness.newUser().password };
      return {
        wrong: () => harness.identity.resetPassword({ ...reset, code: otherCode(code) }),
        right: () => harness.identity.resetPassword({ ...reset, code }),
      };
    });
  }),

  contractCase("concurrency: counts wrong passwords that come at once", async (harness) => {
    await expectSameLimit(async () => {
      const { username, password } = await signUpAndConfirm(harness);
      return {
        wrong: () => harness.identity.signIn({ username, password: `${password}x` }),
        right: () => harness.identity.signIn({ username, password }),
      };
    });
  }),

  contractCase(
    "concurrency: refuses the old password once a reset is done, though sign-ins with it were under way",
    async (harness) => {
      const { username, password, code } = await signUpAndStartReset(harness);
      const newPassword = harness.newUser().password;
      const underWay = outcomesAtOnce(
        fifty(() => ({ username, password })),
        (attempt) => harness.identity.signIn(attempt),
      );

      await harness.identity.resetPassword({ username, code, newPassword });
      const after = await outcomeOf(harness.identity.signIn({ username, password }));

      await underWay;
      expectOneOf("the outcome", after, ["invalid_credentials", "too_many_attempts"]);
    },
  ),
];

function fifty<T>(make: () => T): readonly T[] {
  return Array.from({ length: 50 }, make);
}

/** Expects that guesses at once get no further than guesses one after the other. */
async function expectSameLimit(
  prepare: () => Promise<{
    readonly wrong: () => Promise<unknown>;
    readonly right: () => Promise<unknown>;
  }>,
): Promise<void> {
  const patient = await prepare();
  const allowed = countCompared(await outcomesOf(50, patient.wrong));
  const hasty = await prepare();
  const guesses = fifty(() => hasty.wrong);

  const compared = countCompared(await outcomesAtOnce(guesses, (guess) => guess()));

  expectThat(`at most ${allowed} of 50 guesses are heard (${compared} were)`, compared <= allowed);
  await expectCode(hasty.right(), "too_many_attempts");
}

function countCompared(outcomes: readonly Outcome[]): number {
  return outcomes.filter((outcome) => outcome !== "too_many_attempts").length;
}

function expectOneWinner(outcomes: readonly Outcome[], ...others: readonly Outcome[]): void {
  const winners = outcomes.filter((outcome) => outcome === "no error");
  expectEqual("the number of calls that worked", winners.length, 1);
  for (const outcome of outcomes) expectOneOf("an outcome", outcome, ["no error", ...others]);
}

function winnerOf<T>(attempts: readonly T[], outcomes: readonly Outcome[]): T {
  const winner = attempts.find((_, index) => outcomes[index] === "no error");
  return expectPresent("a call that worked", winner);
}
