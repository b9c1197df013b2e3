import { expectCode, expectEqual } from "../../expectations.ts";
import { type Outcome, outcomeOf } from "../../outcomes.ts";
import { expectOneWinner, fiftyOf } from "../../races.ts";
import { raceCase } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import {
  currentRefreshToken,
  expectDeadAccess,
  profileOf,
  type SignedInUser,
  signedInUser,
} from "../steps/account-steps.ts";

/** The cases on sessions when calls come at once. */
export const sessionRaceCases = [
  raceCase(
    { requires: ["rotation"] },
    "concurrency: leaves one refresh token that works of refreshes that come at once",
    async (harness) => {
      const { refreshToken } = await signedInUser(harness);

      const refreshed = await Promise.all(startRefreshes(harness, refreshToken));

      const children = new Set(refreshed.map((tokens) => tokens.refreshToken ?? ""));
      const outcomes: Outcome[] = [];
      for (const child of children)
        outcomes.push(await outcomeOf(harness.identity.refresh({ refreshToken: child })));
      expectOneWinner(outcomes, "invalid_refresh_token", "refresh_token_reused");
    },
  ),

  raceCase(
    {},
    "concurrency: hands out usable tokens to refreshes that come at once",
    async (harness) => {
      const { refreshToken } = await signedInUser(harness);

      const refreshed = await Promise.all(startRefreshes(harness, refreshToken));

      for (const { accessToken } of refreshed) {
        await harness.tokens.verify(accessToken);
        await profileOf(harness, { accessToken });
      }
    },
  ),

  raceCase(
    { needs: ["sign_out"] },
    "concurrency: refreshes no more once a sign-out is done, though refreshes were under way",
    (harness) =>
      expectEndOfSession(harness, ({ refreshToken }) => harness.identity.signOut({ refreshToken })),
  ),

  raceCase(
    { needs: ["sign_out_everywhere"] },
    "concurrency: refreshes no more once a sign-out everywhere is done, though refreshes were under way",
    (harness) =>
      expectEndOfSession(harness, ({ accessToken }) =>
        harness.identity.signOutEverywhere({ accessToken }),
      ),
  ),

  raceCase(
    { needs: ["profile"] },
    "concurrency: refreshes no more once an account is deleted, though refreshes were under way",
    (harness) =>
      expectEndOfSession(harness, ({ accessToken }) =>
        harness.identity.deleteAccount({ accessToken }),
      ),
  ),
];

/** Expects that no token of a session works once it was ended amid refreshes, what they gave out included. */
export async function expectEndOfSession(
  harness: IdentityProviderHarness,
  end: (user: SignedInUser) => Promise<unknown>,
): Promise<void> {
  const user = await signedInUser(harness);
  const { refreshToken } = user;
  const done = await harness.identity.refresh({ refreshToken });
  const underWay = Promise.allSettled(startRefreshes(harness, refreshToken));

  await end(user);
  const late = await outcomeOf(harness.identity.refresh({ refreshToken }));

  expectEqual("a refresh after the end of the session", late, "invalid_refresh_token");
  const finished = (await underWay).filter((settled) => settled.status === "fulfilled");
  for (const refreshed of [done, ...finished.map(({ value }) => value)]) {
    const { accessToken } = refreshed;
    await expectDeadAccess(harness, accessToken);
    const current = currentRefreshToken(refreshed, refreshToken);
    await expectCode(harness.identity.refresh({ refreshToken: current }), "invalid_refresh_token");
  }
}

function startRefreshes({ identity }: IdentityProviderHarness, refreshToken: string) {
  return fiftyOf(() => identity.refresh({ refreshToken }));
}
