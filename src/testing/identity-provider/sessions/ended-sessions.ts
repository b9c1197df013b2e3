import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { contractCase, contractCaseWith, raceCase } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import {
  currentRefreshToken,
  expectDeadAccess,
  profileOf,
  type SessionTokens,
  type SignedInUser,
  signedInUser,
  signIn,
} from "../steps/account-steps.ts";
import { expectEndOfSession } from "./session-races.ts";

const recovering = { needs: ["password_recovery"] } as const;

const changing = { needs: ["password_change"] } as const;

/** The cases of `Passwords` on sessions: whoever was let in by the old password is not by the new one. */
export const endedSessionCases = [
  contractCaseWith(
    recovering,
    "passwords: ends every session of the user by a reset",
    async (harness) => {
      const user = await signedInUser(harness);
      const other = await signIn(harness, user);

      const ended = await reset(harness, user);

      expectEqual("which sessions have ended", ended.ended, "all");
      for (const session of [user, other]) await expectEnded(harness, session);
    },
  ),

  contractCaseWith(
    recovering,
    "passwords: names the user whose sessions a reset has ended",
    async (harness) => {
      const user = await signedInUser(harness);
      const { subject } = await harness.tokens.verify(user.accessToken);

      const ended = await reset(harness, user);

      expectEqual("whose they were", "subject" in ended && ended.subject, subject);
    },
  ),

  contractCaseWith(
    recovering,
    "passwords: leaves other users signed in by a reset",
    async (harness) => {
      const user = await signedInUser(harness);
      const other = await signedInUser(harness);

      await reset(harness, user);

      await expectAlive(harness, other);
    },
  ),

  contractCaseWith(
    recovering,
    "passwords: lets the user in again after a reset",
    async (harness) => {
      const user = await signedInUser(harness);
      const password = harness.newUser().password;

      await reset(harness, user, password);

      await expectAlive(harness, await signIn(harness, { ...user, password }));
    },
  ),

  contractCaseWith(
    changing,
    "passwords: ends every other session of the user by a change",
    async (harness) => {
      const user = await signedInUser(harness);
      const others = [await signIn(harness, user), await signIn(harness, user)];

      const ended = await change(harness, user);

      const { capabilities } = harness.identity;
      const expected = capabilities.has("password_change_keeps_session") ? "others" : "all";
      expectEqual("which sessions have ended", ended.ended, expected);
      for (const session of others) await expectEnded(harness, session);
    },
  ),

  contractCaseWith(
    changing,
    "passwords: leaves other users signed in by a change",
    async (harness) => {
      const user = await signedInUser(harness);
      const other = await signedInUser(harness);

      await change(harness, user);

      await expectAlive(harness, other);
    },
  ),

  contractCaseWith(
    changing,
    "passwords: ends no session by a change that is refused",
    async (harness) => {
      const user = await signedInUser(harness);
      const other = await signIn(harness, user);

      const wrong = change(harness, { ...user, password: `${user.password}x` });

      await expectCode(wrong, "invalid_credentials");
      await expectAlive(harness, other);
    },
  ),

  contractCaseWith(
    { needs: ["password_change", "password_change_keeps_session"] },
    "passwords: leaves the caller signed in by a change",
    async (harness) => {
      const user = await signedInUser(harness);
      await signIn(harness, user);
      const caller = await harness.tokens.verify(user.accessToken);

      const ended = await change(harness, user);

      const named: readonly (string | undefined)[] =
        "sessionIds" in ended ? (ended.sessionIds ?? []) : [];
      const isNamed = caller.kind === "user" && named.includes(caller.sessionId);
      expectThat("the caller's session is not named among those that ended", !isNamed);
      await expectAlive(harness, user);
    },
  ),

  contractCase("sessions: date tokens by the clock that the provider tells", async (harness) => {
    const { identity, tokens, controls } = harness;

    const { accessToken } = await signedInUser(harness);

    const now = (identity.clock ?? controls.clock ?? Date).now() / 1000;
    const { issuedAt } = await tokens.verify(accessToken);
    expectThat("the token is of now, to a few seconds", Math.abs(now - issuedAt) < 5);
  }),

  raceCase(
    recovering,
    "concurrency: refreshes no more once a password was reset, though refreshes were under way",
    (harness) => expectEndOfSession(harness, (user) => reset(harness, user)),
  ),

  raceCase(
    changing,
    "concurrency: refreshes no more once a password was changed elsewhere, though refreshes were under way",
    (harness) =>
      expectEndOfSession(harness, async (user) => {
        await change(harness, { ...user, ...(await signIn(harness, user)) });
      }),
  ),
];

async function reset(
  harness: IdentityProviderHarness,
  { username }: Pick<SignedInUser, "username">,
  newPassword = harness.newUser().password,
) {
  await harness.identity.startPasswordReset({ username });
  const code = await harness.codeFor(username, "password_reset");
  return harness.identity.resetPassword({ username, code, newPassword });
}

async function change(
  { identity, newUser }: IdentityProviderHarness,
  { accessToken, password: currentPassword }: SignedInUser,
) {
  return identity.changePassword({
    accessToken,
    currentPassword,
    newPassword: newUser().password,
  });
}

async function expectEnded(
  harness: IdentityProviderHarness,
  { accessToken, refreshToken }: SessionTokens,
): Promise<void> {
  await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
  await expectDeadAccess(harness, accessToken);
}

/** Expects that both tokens of a session work, and the one that comes of its refresh too. */
async function expectAlive(
  harness: IdentityProviderHarness,
  { accessToken, refreshToken }: SessionTokens,
): Promise<void> {
  await profileOf(harness, { accessToken });
  const refreshed = await harness.identity.refresh({ refreshToken });
  const current = currentRefreshToken(refreshed, refreshToken);
  await harness.identity.refresh({ refreshToken: current });
}
