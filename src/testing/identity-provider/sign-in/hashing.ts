import { ContractFailure, expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { outcomeOf, outcomesAtOnce, outcomesOf } from "../../outcomes.ts";
import { contractCaseRequiring, contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import { expectAlive, givenUser, signedInUser, userWithResetCode } from "../steps/account-steps.ts";

/** The time that a call gets that is to wait for nothing, in milliseconds. */
const patienceMs = 3000;

/** More refusals than any provider takes wrong passwords. */
const manyTimes = 30;

/** The cases on the hashes that a provider makes by itself: so many at once, and in nobody's way. */
export const hashingCases = [
  contractCaseRequiring(
    ["hashing"],
    "hashing: says overloaded where there is no room to wait, whether or not there is such a user",
    async (harness, { hashing }) => {
      const { identity } = harness;
      const user = await givenUser(harness);
      const stranger = harness.newUser();
      const newcomers = identity.capabilities.has("sign_up") ? [user, harness.newUser()] : [];
      const release = hashing.hold(0);
      try {
        const calls = [
          ...[user, stranger].map(({ username, password }) =>
            identity.signIn({ username, password }),
          ),
          identity.signIn({ username: user.username, password: stranger.password }),
          ...newcomers.map((newcomer) => identity.signUp(newcomer)),
        ];
        const errors = await Promise.all(calls.map((call) => expectCode(call, "overloaded")));
        for (const { retryAfterSeconds } of errors)
          expectThat("it says when to try again", (retryAfterSeconds ?? 0) >= 1);
      } finally {
        await release();
      }
    },
  ),

  contractCaseRequiring(
    ["hashing"],
    "hashing: counts no guess that there was no room for",
    async (harness, { hashing }) => {
      const { username, password } = await givenUser(harness);
      const signIn = () => harness.identity.signIn({ username, password });
      const release = hashing.hold(0);
      const refused = await outcomesOf(manyTimes, signIn);
      await release();

      expectEqual("the outcomes while there is no room", [...new Set(refused)], ["overloaded"]);
      expectEqual("the outcome once there is", await outcomeOf(signIn()), "no error");
    },
  ),

  contractCaseWith(
    { needs: ["password_recovery"], requires: ["hashing"] },
    "hashing: leaves a code alive that came with a password there was no room for",
    async (harness, { hashing }) => {
      const { username, code } = await userWithResetCode(harness);
      const newPassword = harness.newUser().password;
      const reset = () => harness.identity.resetPassword({ username, code, newPassword });
      const release = hashing.hold(0);
      const refused = await outcomeOf(reset());
      await release();

      expectEqual("the outcome while there is no room", refused, "overloaded");
      expectEqual("the outcome once there is", await outcomeOf(reset()), "no error");
    },
  ),

  contractCaseRequiring(
    ["hashing"],
    "hashing: lets no session wait for guesses at its user's password",
    async (harness, { hashing }) => {
      const user = await signedInUser(harness);
      const release = hashing.hold(10);
      const { password } = user;
      const guesses = outcomesAtOnce([user, user, harness.newUser()], ({ username }) =>
        harness.identity.signIn({ username, password }),
      );
      try {
        await atOnce(harness, user);
      } finally {
        await release();
      }

      expectEqual("the outcomes of the guesses", await guesses, [
        "no error",
        "no error",
        "invalid_credentials",
      ]);
    },
  ),
] as const;

/** Uses a session, which may take only so long. */
async function atOnce(
  harness: IdentityProviderHarness,
  session: Parameters<typeof expectAlive>[1],
): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const failure = new ContractFailure("expected the session to go on, but it waits");
    timer = setTimeout(() => reject(failure), patienceMs);
  });
  try {
    await Promise.race([expectAlive(harness, session), late]);
  } finally {
    clearTimeout(timer);
  }
}
