import { expectCode } from "../../expectations.ts";
import { contractCaseRequiring, contractCaseWith } from "../contract-case.ts";
import { givenUser, signedInUser, signIn } from "../steps/account-steps.ts";

const recovering = { needs: ["password_recovery"] } as const;

/** The cases on accounts that an administrator has changed. */
export const accountStateCases = [
  contractCaseRequiring(
    ["disabling"],
    "sessions: tells at most who knows the password that an account is disabled",
    async (harness, { disabling }) => {
      const { username, password } = await givenUser(harness);
      await disabling.disable(username);

      const wrong = harness.identity.signIn({ username, password: `${password}x` });
      await expectCode(wrong, "invalid_credentials");

      const right = harness.identity.signIn({ username, password });
      await expectCode(right, "user_disabled", "invalid_credentials");
    },
  ),

  contractCaseRequiring(
    ["disabling"],
    "sessions: refreshes nothing for a disabled account",
    async (harness, { disabling }) => {
      const { username, refreshToken } = await signedInUser(harness);

      await disabling.disable(username);

      await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
    },
  ),

  contractCaseWith(
    { ...recovering, requires: ["forcedReset"] },
    "sessions: tells only who knows the password that it must be reset",
    async (harness, { forcedReset }) => {
      const { username, password } = await givenUser(harness);
      await forcedReset.demand(username);

      const wrong = harness.identity.signIn({ username, password: `${password}x` });
      await expectCode(wrong, "invalid_credentials");

      const right = harness.identity.signIn({ username, password });
      await expectCode(right, "password_reset_required");
    },
  ),

  contractCaseWith(
    { ...recovering, requires: ["forcedReset"] },
    "passwords: lets a user in again once the password was reset as demanded",
    async (harness, { forcedReset }) => {
      const { username } = await givenUser(harness);
      const newPassword = harness.newUser().password;
      await forcedReset.demand(username);
      await harness.identity.startPasswordReset({ username });
      const code = await harness.codeFor(username, "password_reset");

      await harness.identity.resetPassword({ username, code, newPassword });

      await signIn(harness, { username, password: newPassword });
    },
  ),
];
