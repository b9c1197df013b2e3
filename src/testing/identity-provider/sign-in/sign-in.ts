import { expectCode, expectEqual, expectPresent, expectThat } from "../../expectations.ts";
import { expectLimit } from "../../outcomes.ts";
import { contractCase, contractCaseRequiring, contractCaseWith } from "../contract-case.ts";
import { expectTokens, givenUser, signIn, signUp } from "../steps/account-steps.ts";

const signingUp = { needs: ["sign_up"] } as const;

/** The cases of `Sessions.signIn`. */
export const signInCases = [
  contractCase("sessions: hands out a set of tokens", async (harness) => {
    const user = await givenUser(harness);

    const tokens = expectTokens(await harness.identity.signIn(user));

    expectEqual("the token type", tokens.tokenType, "Bearer");
    expectPresent("a refresh token", tokens.refreshToken);
    expectPresent("an ID token", tokens.idToken);
  }),

  contractCase("sessions: tells how long the access token lives", async (harness) => {
    const user = await givenUser(harness);

    const tokens = expectTokens(await harness.identity.signIn(user));
    const { issuedAt, expiresAt } = await harness.tokens.verify(tokens.accessToken);

    // The token and the answer are not made in the same instant.
    const difference = Math.abs(expiresAt - issuedAt - tokens.expiresIn);
    expectThat("expiresIn is the life of the access token, in seconds", difference <= 5);
  }),

  contractCase("sessions: refuses a wrong password", async (harness) => {
    const { username, password } = await givenUser(harness);

    const wrong = harness.identity.signIn({ username, password: `${password}x` });

    await expectCode(wrong, "invalid_credentials");
    await signIn(harness, { username, password });
  }),

  contractCase("sessions: refuses an unknown user as a wrong password", async (harness) => {
    const { username, password } = harness.newUser();

    await expectCode(harness.identity.signIn({ username, password }), "invalid_credentials");
  }),

  contractCaseWith(
    signingUp,
    "sessions: tells only who knows the password that a sign-up waits for confirmation",
    async (harness) => {
      const { username, password } = await signUp(harness);

      const wrong = harness.identity.signIn({ username, password: `${password}x` });
      await expectCode(wrong, "invalid_credentials");

      const right = harness.identity.signIn({ username, password });
      await expectCode(right, "user_not_confirmed");
    },
  ),

  contractCase(
    "sessions: refuses even the right password after too many wrong ones",
    async (harness) => {
      const { username, password } = await givenUser(harness);
      await expectLimit(() => harness.identity.signIn({ username, password: `${password}x` }));

      const right = harness.identity.signIn({ username, password });

      await expectCode(right, "too_many_attempts");
    },
  ),

  contractCaseRequiring(
    ["clock"],
    "sessions: lets a user in again a while after too many wrong passwords",
    async (harness, { clock }) => {
      const { username, password } = await givenUser(harness);
      await expectLimit(() => harness.identity.signIn({ username, password: `${password}x` }));

      await clock.advance(24 * 60 * 60);

      await signIn(harness, { username, password });
    },
  ),
];
