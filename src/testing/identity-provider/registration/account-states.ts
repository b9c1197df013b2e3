import { expectCode } from "../../expectations.ts";
import { contractCaseRequiring } from "../contract-case.ts";
import { signIn, signUpAndConfirm, signUpAndSignIn } from "../steps/account-steps.ts";

/** What holds of accounts that an administrator has changed. */
export const accountStateCases = [
  contractCaseRequiring(
    ["disabling"],
    "sessions: tells at most who knows the password that an account is disabled",
    async (harness, { disabling }) => {
      const { username, password } = await signUpAndConfirm(harness);
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
      const { username, refreshToken } = await signUpAndSignIn(harness);

      await disabling.disable(username);

      await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
    },
  ),

  contractCaseRequiring(
    ["forcedReset"],
    "sessions: tells only who knows the password that it must be reset",
    async (harness, { forcedReset }) => {
      const { username, password } = await signUpAndConfirm(harness);
      await forcedReset.demand(username);

      const wrong = harness.identity.signIn({ username, password: `${password}x` });
      await expectCode(wrong, "invalid_credentials");

      const right = harness.identity.signIn({ username, password });
      await expectCode(right, "password_reset_required");
    },
  ),

  contractCaseRequiring(
    ["forcedReset"],
    "passwords: lets a user in again once the password was reset as demanded",
    async (harness, { forcedReset }) => {
      const { username } = await signUpAndConfirm(harness);
      const newPassword = harness.newUser().password;
      await forcedReset.demand(username);
      await harness.identity.startPasswordReset({ username });
      const code = await harness.codeFor(username, "password_reset");

      await harness.identity.resetPassword({ username, code, newPassword });

      await signIn(harness, { username, password: newPassword });
    },
  ),
];
