import { expectCode } from "../../expectations.ts";
import { contractCase } from "../contract-case.ts";
import { signIn, signUpAndSignIn } from "../steps/account-steps.ts";

/** What `Sessions.signOut` and `Sessions.signOutEverywhere` promise. */
export const signOutCases = [
  contractCase("sessions: kills the refresh token on sign-out", async (harness) => {
    const { refreshToken } = await signUpAndSignIn(harness);

    await harness.identity.signOut({ refreshToken });

    await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
  }),

  contractCase(
    "sessions: kills the access tokens of the session on sign-out, for the provider's operations",
    async (harness) => {
      const { accessToken, refreshToken } = await signUpAndSignIn(harness);
      const refreshed = await harness.identity.refresh({ refreshToken });

      await harness.identity.signOut({ refreshToken: refreshed.refreshToken ?? refreshToken });

      for (const token of [accessToken, refreshed.accessToken])
        await expectCode(harness.identity.getProfile({ accessToken: token }), "token_revoked");
    },
  ),

  contractCase("sessions: leaves other sessions alone on sign-out", async (harness) => {
    const user = await signUpAndSignIn(harness);
    const other = await signIn(harness, user);

    await harness.identity.signOut({ refreshToken: user.refreshToken });

    await harness.identity.getProfile({ accessToken: other.accessToken });
    await harness.identity.refresh({ refreshToken: other.refreshToken });
  }),

  contractCase("sessions: signs out as often as one likes", async (harness) => {
    const { refreshToken } = await signUpAndSignIn(harness);

    await harness.identity.signOut({ refreshToken });
    await harness.identity.signOut({ refreshToken });
  }),

  contractCase(
    "sessions: signs out with an unknown token as with a dead one",
    async ({ identity }) => {
      await identity.signOut({ refreshToken: "unknown" });
    },
  ),

  contractCase("sessions: refuses to sign out with an access token", async (harness) => {
    const { accessToken, refreshToken } = await signUpAndSignIn(harness);

    const signOut = harness.identity.signOut({ refreshToken: accessToken });

    await expectCode(signOut, "unsupported_token_type");
    await harness.identity.refresh({ refreshToken });
  }),

  contractCase("sessions: refuses to sign out with an ID token", async (harness) => {
    const { idToken, refreshToken } = await signUpAndSignIn(harness);

    const signOut = harness.identity.signOut({ refreshToken: idToken });

    await expectCode(signOut, "unsupported_token_type");
    await harness.identity.refresh({ refreshToken });
  }),

  contractCase(
    "sessions: kills every refresh token of the user on sign-out everywhere",
    async (harness) => {
      const user = await signUpAndSignIn(harness);
      const sessions = [user, await signIn(harness, user)];

      await harness.identity.signOutEverywhere({ accessToken: user.accessToken });

      for (const { refreshToken } of sessions)
        await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
    },
  ),

  contractCase(
    "sessions: kills every access token of the user on sign-out everywhere, for the provider's operations",
    async (harness) => {
      const user = await signUpAndSignIn(harness);
      const sessions = [user, await signIn(harness, user)];

      await harness.identity.signOutEverywhere({ accessToken: user.accessToken });

      for (const { accessToken } of sessions)
        await expectCode(harness.identity.getProfile({ accessToken }), "token_revoked");
    },
  ),

  contractCase("sessions: lets a user in again after sign-out everywhere", async (harness) => {
    const user = await signUpAndSignIn(harness);
    await harness.identity.signOutEverywhere({ accessToken: user.accessToken });

    const { accessToken, refreshToken } = await signIn(harness, user);

    await harness.identity.getProfile({ accessToken });
    await harness.identity.refresh({ refreshToken });
  }),

  contractCase("sessions: leaves other users alone on sign-out everywhere", async (harness) => {
    const { accessToken } = await signUpAndSignIn(harness);
    const other = await signUpAndSignIn(harness);

    await harness.identity.signOutEverywhere({ accessToken });

    await harness.identity.getProfile({ accessToken: other.accessToken });
    await harness.identity.refresh({ refreshToken: other.refreshToken });
  }),
];
