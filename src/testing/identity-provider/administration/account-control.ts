import { expectBlame, expectCode, expectEqual } from "../../expectations.ts";
import { contractCaseWith } from "../contract-case.ts";
import {
  expectAlive,
  expectDeadAccess,
  givenUser,
  signedInUser,
  signIn,
  signUp,
  weakPassword,
} from "../steps/account-steps.ts";
import { beginWithPassword } from "../steps/challenge-steps.ts";

const administered = { needs: ["administration"] } as const;

/** The cases of `Administration` on who can sign in, how, and until when. */
export const accountControlCases = [
  contractCaseWith(
    administered,
    "administration: lets a disabled user do nothing",
    async (harness) => {
      const { username, password, accessToken, refreshToken } = await signedInUser(harness);

      await harness.identity.disableUser({ username });

      const { enabled } = await harness.identity.getUser({ username });
      expectEqual("whether it is enabled", enabled, false);
      const right = harness.identity.signIn({ username, password });
      await expectCode(right, "user_disabled", "invalid_credentials");
      await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
      await expectDeadAccess(harness, accessToken);
    },
  ),

  contractCaseWith(
    administered,
    "administration: lets an enabled user in again",
    async (harness) => {
      const user = await givenUser(harness);
      await harness.identity.disableUser(user);

      await harness.identity.enableUser(user);

      await signIn(harness, user);
    },
  ),

  contractCaseWith(
    { needs: ["administration", "password_recovery"] },
    "administration: demands a reset, for which it sends the code",
    async (harness) => {
      const { username, password } = await givenUser(harness);
      const newPassword = harness.newUser().password;

      await harness.identity.requirePasswordReset({ username });

      const right = harness.identity.signIn({ username, password });
      await expectCode(right, "password_reset_required");
      const code = await harness.codeFor(username, "password_reset");
      await harness.identity.resetPassword({ username, code, newPassword });
      await signIn(harness, { username, password: newPassword });
    },
  ),

  contractCaseWith(
    { needs: ["administration", "sign_up"] },
    "administration: demands no reset of a user whose address is not proven",
    async (harness) => {
      const user = await signUp(harness);
      await harness.identity.confirmUser(user);

      await expectCode(harness.identity.requirePasswordReset(user), "recovery_unavailable");

      await signIn(harness, user);
    },
  ),

  contractCaseWith(administered, "administration: sets a password for good", async (harness) => {
    const { username, password } = await givenUser(harness);
    const set = { username, password: harness.newUser().password };

    await harness.identity.setPassword({ ...set, isPermanent: true });

    await signIn(harness, set);
    await expectCode(harness.identity.signIn({ username, password }), "invalid_credentials");
  }),

  contractCaseWith(
    administered,
    "administration: sets a password for the next sign-in",
    async (harness) => {
      const { username } = await givenUser(harness);
      const set = { username, password: harness.newUser().password };

      await harness.identity.setPassword({ ...set, isPermanent: false });

      await beginWithPassword(harness, set, "new_password");
    },
  ),

  contractCaseWith(
    administered,
    "administration: sets no weak password and says which member is at fault",
    async (harness) => {
      const user = await givenUser(harness);
      const weak = { username: user.username, password: weakPassword, isPermanent: true };

      const error = await expectCode(
        harness.identity.setPassword(weak),
        "password_policy_violation",
      );

      expectBlame(error, "password");
      await signIn(harness, user);
    },
  ),

  contractCaseWith(
    administered,
    "administration: ends no session by setting a password",
    async (harness) => {
      const { username, refreshToken } = await signedInUser(harness);
      const { password } = harness.newUser();

      await harness.identity.setPassword({ username, password, isPermanent: true });

      await harness.identity.refresh({ refreshToken });
    },
  ),

  contractCaseWith(
    administered,
    "administration: ends every session of a user",
    async (harness) => {
      const user = await signedInUser(harness);
      const sessions = [user, await signIn(harness, user)];

      await harness.identity.signOutUser({ username: user.username });

      for (const { accessToken, refreshToken } of sessions) {
        await expectDeadAccess(harness, accessToken);
        await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
      }
      await signIn(harness, user);
    },
  ),

  contractCaseWith(administered, "administration: leaves other users alone", async (harness) => {
    const { username } = await signedInUser(harness);
    const other = await signedInUser(harness);

    await harness.identity.signOutUser({ username });
    await harness.identity.disableUser({ username });
    await harness.identity.deleteUser({ username });

    await expectAlive(harness, other);
  }),
];
