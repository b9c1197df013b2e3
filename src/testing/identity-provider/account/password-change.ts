import { expectBlame, expectCode } from "../../expectations.ts";
import { expectLimit } from "../../outcomes.ts";
import { contractCaseWith } from "../contract-case.ts";
import { signedInUser, signIn, weakPassword } from "../steps/account-steps.ts";

const changing = { needs: ["password_change"] } as const;

/** The cases of `Passwords.changePassword`. */
export const passwordChangeCases = [
  contractCaseWith(changing, "passwords: replaces the password of the caller", async (harness) => {
    const { username, password, accessToken } = await signedInUser(harness);
    const newPassword = harness.newUser().password;

    await harness.identity.changePassword({ accessToken, currentPassword: password, newPassword });

    await signIn(harness, { username, password: newPassword });
    await expectCode(harness.identity.signIn({ username, password }), "invalid_credentials");
  }),

  contractCaseWith(
    changing,
    "passwords: asks for the current password again before a change",
    async (harness) => {
      const { username, password, accessToken } = await signedInUser(harness);
      const newPassword = harness.newUser().password;
      const wrong = { accessToken, currentPassword: `${password}x`, newPassword };

      await expectCode(harness.identity.changePassword(wrong), "invalid_credentials");

      await signIn(harness, { username, password });
    },
  ),

  contractCaseWith(
    changing,
    "passwords: refuses to change to a weak password and says which member is at fault",
    async (harness) => {
      const { username, password, accessToken } = await signedInUser(harness);
      const weak = { accessToken, currentPassword: password, newPassword: weakPassword };

      const refused = harness.identity.changePassword(weak);
      const error = await expectCode(refused, "password_policy_violation");

      expectBlame(error, "newPassword");
      await signIn(harness, { username, password });
    },
  ),

  contractCaseWith(
    changing,
    "passwords: lets the current password be guessed only so often",
    async (harness) => {
      const { password, accessToken } = await signedInUser(harness);
      const newPassword = harness.newUser().password;
      const guess = { accessToken, currentPassword: `${password}x`, newPassword };

      await expectLimit(() => harness.identity.changePassword(guess));
    },
  ),
];
