import { expectCode, expectEqual, expectPresent, expectThat } from "../../expectations.ts";
import { contractCase, contractCaseRequiring, contractCaseWith } from "../contract-case.ts";
import { alterationsOf, currentRefreshToken, signedInUser } from "../steps/account-steps.ts";

/** The cases of `Sessions.refresh`. */
export const refreshCases = [
  contractCase("sessions: trades a refresh token for tokens of the same user", async (harness) => {
    const { accessToken, refreshToken } = await signedInUser(harness);
    const before = await harness.tokens.verify(accessToken);

    const refreshed = await harness.identity.refresh({ refreshToken });

    const after = await harness.tokens.verify(refreshed.accessToken);
    expectEqual("the subject", after.subject, before.subject);
    expectEqual("the client", after.clientId, before.clientId);
    expectEqual("the token type", refreshed.tokenType, "Bearer");
    expectThat("expiresIn is more than nothing", refreshed.expiresIn > 0);
  }),

  contractCaseWith(
    { needs: ["profile"] },
    "sessions: hands out access tokens on refresh that work",
    async (harness) => {
      const { refreshToken, attributes } = await signedInUser(harness);

      const { accessToken } = await harness.identity.refresh({ refreshToken });

      const profile = await harness.identity.getProfile({ accessToken });
      expectEqual("the e-mail address", profile.attributes.email, attributes.email);
    },
  ),

  contractCase(
    "sessions: gives a refresh token on refresh only to replace the old",
    async (harness) => {
      const { refreshToken } = await signedInUser(harness);

      const refreshed = await harness.identity.refresh({ refreshToken });

      const unchanged = refreshed.refreshToken === refreshToken;
      expectEqual("whether the refresh gave back the token in hand", unchanged, false);
    },
  ),

  contractCase(
    "sessions: goes on refreshing with the token in hand or its replacement",
    async (harness) => {
      let { refreshToken } = await signedInUser(harness);

      for (let times = 0; times < 3; times += 1) {
        const refreshed = await harness.identity.refresh({ refreshToken });
        refreshToken = currentRefreshToken(refreshed, refreshToken);
      }
    },
  ),

  contractCaseRequiring(
    ["clock"],
    "sessions: keeps the time of sign-in through a refresh",
    async (harness, { clock }) => {
      const { accessToken, refreshToken } = await signedInUser(harness);
      const before = await harness.tokens.verify(accessToken);
      await clock.advance(60);

      const refreshed = await harness.identity.refresh({ refreshToken });

      const after = await harness.tokens.verify(refreshed.accessToken);
      expectEqual("auth_time", after.authenticatedAt, before.authenticatedAt);
      expectThat("the token is a newer one", after.issuedAt >= before.issuedAt + 60);
    },
  ),

  contractCaseRequiring(
    ["clock"],
    "sessions: refreshes after the access token has expired",
    async (harness, { clock }) => {
      const { accessToken, refreshToken } = await signedInUser(harness);
      await clock.advance(2 * 24 * 60 * 60);
      await expectCode(harness.tokens.verify(accessToken), "token_expired");

      const refreshed = await harness.identity.refresh({ refreshToken });

      await harness.tokens.verify(refreshed.accessToken);
    },
  ),

  contractCaseRequiring(
    ["clock"],
    "sessions: refuses a refresh token past its time",
    async (harness, { clock }) => {
      const { refreshToken } = await signedInUser(harness);

      await clock.advance(11 * 365 * 24 * 60 * 60);

      await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
    },
  ),

  contractCaseRequiring(
    ["rotation"],
    "sessions: gives a new refresh token on every refresh where it replaces them",
    async (harness) => {
      const { refreshToken } = await signedInUser(harness);

      const refreshed = await harness.identity.refresh({ refreshToken });

      const replacement = expectPresent("a new refresh token", refreshed.refreshToken);
      await harness.identity.refresh({ refreshToken: replacement });
    },
  ),

  contractCaseRequiring(
    ["clock", "rotation"],
    "sessions: tells that a refresh token was replaced before",
    async (harness, { clock, rotation }) => {
      const { refreshToken } = await signedInUser(harness);
      await harness.identity.refresh({ refreshToken });

      await clock.advance(rotation.graceSeconds + 1);

      await expectCode(harness.identity.refresh({ refreshToken }), "refresh_token_reused");
    },
  ),

  contractCase("sessions: refuses a refresh token that it never gave out", async ({ identity }) => {
    for (const refreshToken of ["", "unknown", "a.b.c", "é", "x".repeat(5000)])
      await expectCode(identity.refresh({ refreshToken }), "invalid_refresh_token");
  }),

  contractCase("sessions: refuses an altered refresh token", async (harness) => {
    const { refreshToken } = await signedInUser(harness);

    for (const altered of alterationsOf(refreshToken))
      await expectCode(
        harness.identity.refresh({ refreshToken: altered }),
        "invalid_refresh_token",
      );
  }),

  contractCase("sessions: refuses access and ID tokens as refresh tokens", async (harness) => {
    const { accessToken, idToken } = await signedInUser(harness);

    for (const refreshToken of [accessToken, idToken])
      await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
  }),
];
