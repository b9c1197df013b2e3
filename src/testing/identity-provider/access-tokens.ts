import { contractCase, contractCaseRequiring } from "../contract-case.ts";
import { expectCode } from "../expectations.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import { type SignedInUser, signUpAndSignIn } from "../steps.ts";

/** The operations that an access token opens, each as a call with a token of the user's. */
const operations = {
  getProfile: ({ identity }, _user, accessToken) => identity.getProfile({ accessToken }),
  deleteAccount: ({ identity }, _user, accessToken) => identity.deleteAccount({ accessToken }),
  signOutEverywhere: ({ identity }, _user, accessToken) =>
    identity.signOutEverywhere({ accessToken }),
  changePassword: (harness, { password }, accessToken) =>
    harness.identity.changePassword({
      accessToken,
      currentPassword: password,
      newPassword: harness.newUser().password,
    }),
} satisfies Record<string, Operation>;

type Operation = (
  harness: IdentityProviderHarness,
  user: SignedInUser,
  accessToken: string,
) => Promise<unknown>;

/** What every operation promises that takes an access token. */
export const accessTokenCases = [
  ...casesOf("getProfile"),
  ...casesOf("deleteAccount"),
  ...casesOf("signOutEverywhere"),
  ...casesOf("changePassword"),
];

function casesOf<const Name extends keyof typeof operations>(name: Name) {
  const operation: Operation = operations[name];
  return [
    contractCase(
      `access tokens: ${name} refuses a token whose session has ended`,
      async (harness) => {
        const user = await signUpAndSignIn(harness);
        await harness.identity.signOut({ refreshToken: user.refreshToken });

        await expectCode(operation(harness, user, user.accessToken), "token_revoked");
      },
    ),

    contractCase(`access tokens: ${name} refuses a token that nobody signed`, async (harness) => {
      const user = await signUpAndSignIn(harness);
      const [header = "", payload = "", signature = ""] = user.accessToken.split(".");
      const first = signature.startsWith("A") ? "B" : "A";
      const forged = [header, payload, first + signature.slice(1)].join(".");

      for (const token of ["", "garbage", "a.b.c", forged])
        await expectCode(operation(harness, user, token), "invalid_token");
    }),

    contractCase(`access tokens: ${name} refuses an ID token`, async (harness) => {
      const user = await signUpAndSignIn(harness);

      await expectCode(operation(harness, user, user.idToken), "invalid_token");
    }),

    contractCase(`access tokens: ${name} refuses a refresh token`, async (harness) => {
      const user = await signUpAndSignIn(harness);

      await expectCode(operation(harness, user, user.refreshToken), "invalid_token");
    }),

    contractCaseRequiring(
      ["clock"],
      `access tokens: ${name} refuses a token past its time`,
      async (harness, { clock }) => {
        const user = await signUpAndSignIn(harness);

        await clock.advance(2 * 24 * 60 * 60);

        await expectCode(operation(harness, user, user.accessToken), "token_expired");
      },
    ),
  ];
}
