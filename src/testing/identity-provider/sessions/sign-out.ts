import { expectCode } from "../../expectations.ts";
import { contractCaseWith } from "../contract-case.ts";
import { expectAlive, signedInUser, signIn } from "../steps/account-steps.ts";

const ending = { needs: ["sign_out"] } as const;

const endingAll = { needs: ["sign_out_everywhere"] } as const;

const endingAccess = { needs: ["sign_out", "profile"] } as const;

/** The cases of `Sessions.signOut` and `Sessions.signOutEverywhere`. */
export const signOutCases = [
  contractCaseWith(ending, "sessions: kills the refresh token on sign-out", async (harness) => {
    const { refreshToken } = await signedInUser(harness);

    await harness.identity.signOut({ refreshToken });

    await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
  }),

  contractCaseWith(
    endingAccess,
    "sessions: kills the access tokens of the session on sign-out, for the provider's operations",
    async (harness) => {
      const { accessToken, refreshToken } = await signedInUser(harness);
      const refreshed = await harness.identity.refresh({ refreshToken });

      await harness.identity.signOut({ refreshToken: refreshed.refreshToken ?? refreshToken });

      for (const token of [accessToken, refreshed.accessToken])
        await expectCode(harness.identity.getProfile({ accessToken: token }), "token_revoked");
    },
  ),

  contractCaseWith(ending, "sessions: leaves other sessions alone on sign-out", async (harness) => {
    const user = await signedInUser(harness);
    const other = await signIn(harness, user);

    await harness.identity.signOut({ refreshToken: user.refreshToken });

    await expectAlive(harness, other);
  }),

  contractCaseWith(ending, "sessions: signs out as often as one likes", async (harness) => {
    const { refreshToken } = await signedInUser(harness);

    await harness.identity.signOut({ refreshToken });
    await harness.identity.signOut({ refreshToken });
  }),

  contractCaseWith(
    ending,
    "sessions: signs out with an unknown token as with a dead one",
    async ({ identity }) => {
      await identity.signOut({ refreshToken: "unknown" });
    },
  ),

  contractCaseWith(
    ending,
    "sessions: refuses to sign out with an access token",
    async (harness) => {
      const { accessToken, refreshToken } = await signedInUser(harness);

      const signOut = harness.identity.signOut({ refreshToken: accessToken });

      await expectCode(signOut, "unsupported_token_type");
      await harness.identity.refresh({ refreshToken });
    },
  ),

  contractCaseWith(ending, "sessions: refuses to sign out with an ID token", async (harness) => {
    const { idToken, refreshToken } = await signedInUser(harness);

    const signOut = harness.identity.signOut({ refreshToken: idToken });

    await expectCode(signOut, "unsupported_token_type");
    await harness.identity.refresh({ refreshToken });
  }),

  contractCaseWith(
    endingAll,
    "sessions: kills every refresh token of the user on sign-out everywhere",
    async (harness) => {
      const user = await signedInUser(harness);
      const sessions = [user, await signIn(harness, user)];

      await harness.identity.signOutEverywhere({ accessToken: user.accessToken });

      for (const { refreshToken } of sessions)
        await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
    },
  ),

  contractCaseWith(
    { needs: ["sign_out_everywhere", "profile"] },
    "sessions: kills every access token of the user on sign-out everywhere, for the provider's operations",
    async (harness) => {
      const user = await signedInUser(harness);
      const sessions = [user, await signIn(harness, user)];

      await harness.identity.signOutEverywhere({ accessToken: user.accessToken });

      for (const { accessToken } of sessions)
        await expectCode(harness.identity.getProfile({ accessToken }), "token_revoked");
    },
  ),

  contractCaseWith(
    endingAll,
    "sessions: lets a user in again after sign-out everywhere",
    async (harness) => {
      const user = await signedInUser(harness);
      await harness.identity.signOutEverywhere({ accessToken: user.accessToken });

      const { accessToken, refreshToken } = await signIn(harness, user);

      await expectAlive(harness, { accessToken, refreshToken });
    },
  ),

  contractCaseWith(
    endingAll,
    "sessions: leaves other users alone on sign-out everywhere",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);
      const other = await signedInUser(harness);

      await harness.identity.signOutEverywhere({ accessToken });

      await expectAlive(harness, other);
    },
  ),
];
