import { normalizeUsername } from "../../../domain/credentials.ts";
import { expectEqual, expectOneOf } from "../../expectations.ts";
import { outcomeCounts, outcomeOf, outcomesAtOnce } from "../../outcomes.ts";
import { expectOneWinner, expectSameLimit, fiftyOf, winnerOf } from "../../races.ts";
import { raceCase } from "../contract-case.ts";
import type { IdentityProviderHarness, NewUser } from "../harness.ts";
import { givenUser, otherCode, signIn, signUp, userWithResetCode } from "../steps/account-steps.ts";

const purpose = "sign_up_confirmation";

const signingUp = { needs: ["sign_up"] } as const;

const recovering = { needs: ["password_recovery"] } as const;

/** The cases on registration and passwords when calls come at once. */
export const concurrencyCases = [
  raceCase(
    signingUp,
    "concurrency: lets one of many sign-ups under one name succeed",
    async (harness) => {
      const user = harness.newUser();
      const attempts = fiftyOf(() => ({ ...user, password: harness.newUser().password }));

      const outcomes = await outcomesAtOnce(attempts, (attempt) =>
        harness.identity.signUp(attempt),
      );

      expectEqual(
        "the outcomes",
        outcomeCounts(outcomes.toSorted()),
        "no error ×1, username_taken ×49",
      );
      const winner = winnerOf(attempts, outcomes);
      await confirmAs(harness, winner);
      await signIn(harness, winner);
    },
  ),

  raceCase(
    { ...signingUp, requires: ["deliveries"] },
    "concurrency: sends one code for many sign-ups under one name",
    async (harness, { deliveries }) => {
      const user = harness.newUser();

      await outcomesAtOnce(
        fiftyOf(() => user),
        (attempt) => harness.identity.signUp(attempt),
      );

      const sent = await deliveries.count(user.username, purpose);
      expectEqual("codes sent", sent, 1);
    },
  ),

  raceCase(
    { ...signingUp, requires: ["spellings", "deliveries"] },
    "concurrency: lets one of many sign-ups succeed that write one name in several ways",
    async (harness, { spellings, deliveries }) => {
      const user = spellings.newUser();
      // As the use cases do, before a provider sees it.
      const names = [user.username, ...user.spellings].map(normalizeUsername);
      const attempts = fiftyOf(() => harness.newUser().password).map((password, index) => {
        const username = names[index % names.length] ?? user.username;
        return { username, password, attributes: user.attributes };
      });

      const outcomes = await outcomesAtOnce(attempts, (attempt) =>
        harness.identity.signUp(attempt),
      );

      expectEqual(
        "the outcomes",
        outcomeCounts(outcomes.toSorted()),
        "no error ×1, username_taken ×49",
      );
      const counted = [...new Set(names)].map((name) => deliveries.count(name, purpose));
      const sent = (await Promise.all(counted)).reduce((sum, count) => sum + count, 0);
      expectEqual("codes sent", sent, 1);
      const { password } = winnerOf(attempts, outcomes);
      await confirmAs(harness, { ...user, password });
      for (const username of names) await signIn(harness, { username, password });
    },
  ),

  raceCase(signingUp, "concurrency: takes a sign-up code once of many times", async (harness) => {
    const user = await signUp(harness);
    const { username } = user;
    const code = await harness.codeFor(username, purpose);
    const attempts = fiftyOf(() => ({ username, code }));

    const outcomes = await outcomesAtOnce(attempts, (attempt) =>
      harness.identity.confirmSignUp(attempt),
    );

    expectOneWinner(outcomes, "already_confirmed", "code_expired", "code_mismatch");
    await signIn(harness, user);
  }),

  raceCase(recovering, "concurrency: takes a reset code once of many times", async (harness) => {
    const { username, code } = await userWithResetCode(harness);
    const attempts = fiftyOf(() => ({ username, code, newPassword: harness.newUser().password }));

    const outcomes = await outcomesAtOnce(attempts, (attempt) =>
      harness.identity.resetPassword(attempt),
    );

    expectOneWinner(outcomes, "code_expired", "code_mismatch", "too_many_attempts");
    const { newPassword } = winnerOf(attempts, outcomes);
    await signIn(harness, { username, password: newPassword });
  }),

  raceCase(
    signingUp,
    "concurrency: counts wrong sign-up codes that come at once",
    async (harness) => {
      await expectSameLimit(async () => {
        const { username } = await signUp(harness);
        const code = await harness.codeFor(username, purpose);
        return {
          wrong: () => harness.identity.confirmSignUp({ username, code: otherCode(code) }),
          right: () => harness.identity.confirmSignUp({ username, code }),
        };
      });
    },
  ),

  raceCase(
    recovering,
    "concurrency: counts wrong reset codes that come at once",
    async (harness) => {
      await expectSameLimit(async () => {
        const { username, code } = await userWithResetCode(harness);
        const reset = { username, newPassword: harness.newUser().password };
        return {
          wrong: () => harness.identity.resetPassword({ ...reset, code: otherCode(code) }),
          right: () => harness.identity.resetPassword({ ...reset, code }),
        };
      });
    },
  ),

  raceCase({}, "concurrency: counts wrong passwords that come at once", async (harness) => {
    await expectSameLimit(async () => {
      const { username, password } = await givenUser(harness);
      return {
        wrong: () => harness.identity.signIn({ username, password: `${password}x` }),
        right: () => harness.identity.signIn({ username, password }),
      };
    });
  }),

  raceCase(
    recovering,
    "concurrency: refuses the old password once a reset is done, though sign-ins with it were under way",
    async (harness) => {
      const { username, password, code } = await userWithResetCode(harness);
      const newPassword = harness.newUser().password;
      const underWay = outcomesAtOnce(
        fiftyOf(() => ({ username, password })),
        (attempt) => harness.identity.signIn(attempt),
      );

      await harness.identity.resetPassword({ username, code, newPassword });
      const after = await outcomeOf(harness.identity.signIn({ username, password }));

      await underWay;
      expectOneOf("the outcome", after, ["invalid_credentials", "too_many_attempts"]);
    },
  ),
];

/** Confirms a sign-up with its password, where the password could by now be that of another one under the name. */
async function confirmAs(
  harness: IdentityProviderHarness,
  { username, password }: Pick<NewUser, "username" | "password">,
): Promise<void> {
  const code = await harness.codeFor(username, purpose);
  const isReplaced = harness.identity.capabilities.has("confirmation_password");
  await harness.identity.confirmSignUp({ username, code, ...(isReplaced && { password }) });
}
