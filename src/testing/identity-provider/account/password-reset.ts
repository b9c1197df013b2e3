import { expectBlame, expectCode } from "../../expectations.ts";
import { expectLimit } from "../../outcomes.ts";
import { contractCaseWith } from "../contract-case.ts";
import {
  givenUser,
  otherCode,
  sessionTokens,
  signIn,
  signUp,
  userWithResetCode,
  weakPassword,
} from "../steps/account-steps.ts";
import { answer, beginWithPassword, userWithApp } from "../steps/challenge-steps.ts";

const recovering = { needs: ["password_recovery"] } as const;

const unconfirmed = { needs: ["sign_up", "password_recovery"] } as const;

/** The cases of `Passwords.resetPassword`. */
export const passwordResetCases = [
  contractCaseWith(
    recovering,
    "passwords: sets a new password with the code that was sent",
    async (harness) => {
      const { username, code } = await userWithResetCode(harness);
      const newPassword = harness.newUser().password;

      await harness.identity.resetPassword({ username, code, newPassword });

      await signIn(harness, { username, password: newPassword });
    },
  ),

  contractCaseWith(
    recovering,
    "passwords: refuses the old password after a reset",
    async (harness) => {
      const { username, password, code } = await userWithResetCode(harness);
      const newPassword = harness.newUser().password;

      await harness.identity.resetPassword({ username, code, newPassword });

      await expectCode(harness.identity.signIn({ username, password }), "invalid_credentials");
    },
  ),

  contractCaseWith(
    { needs: ["password_recovery", "totp_mfa"] },
    "passwords: ask for the second factor after a reset as before",
    async (harness) => {
      const { app, username } = await userWithApp(harness);
      await harness.identity.startPasswordReset({ username });
      const code = await harness.codeFor(username, "password_reset");
      const password = harness.newUser().password;

      await harness.identity.resetPassword({ username, code, newPassword: password });

      const challenge = await beginWithPassword(harness, { username, password }, "totp");
      const proof = { type: "totp", code: await app.nextCode() } as const;
      sessionTokens(await answer(harness, challenge, proof));
    },
  ),

  contractCaseWith(recovering, "passwords: spends the reset code on its use", async (harness) => {
    const { username, code } = await userWithResetCode(harness);
    const newPassword = harness.newUser().password;
    await harness.identity.resetPassword({ username, code, newPassword });

    const again = harness.identity.resetPassword({
      username,
      code,
      newPassword: harness.newUser().password,
    });

    await expectCode(again, "code_expired", "code_mismatch");
    await signIn(harness, { username, password: newPassword });
  }),

  contractCaseWith(
    recovering,
    "passwords: refuses a weak new password, says which member is at fault and leaves the code alive",
    async (harness) => {
      const { username, code } = await userWithResetCode(harness);
      const weak = { username, code, newPassword: weakPassword };

      const refused = harness.identity.resetPassword(weak);
      const error = await expectCode(refused, "password_policy_violation");

      expectBlame(error, "newPassword");
      const newPassword = harness.newUser().password;
      await harness.identity.resetPassword({ username, code, newPassword });
    },
  ),

  contractCaseWith(
    recovering,
    "passwords: refuses a weak new password before it looks at the code",
    async (harness) => {
      const { username, code } = await userWithResetCode(harness);
      const weak = { username, code: otherCode(code), newPassword: weakPassword };

      await expectCode(harness.identity.resetPassword(weak), "password_policy_violation");
    },
  ),

  contractCaseWith(
    recovering,
    "passwords: refuses a weak new password before it looks at who asks",
    async (harness) => {
      const { username } = harness.newUser();
      const weak = { username, code: "123456", newPassword: weakPassword };

      await expectCode(harness.identity.resetPassword(weak), "password_policy_violation");
    },
  ),

  contractCaseWith(
    recovering,
    "passwords: refuses a wrong reset code, and takes the right one after",
    async (harness) => {
      const { username, code } = await userWithResetCode(harness);
      const newPassword = harness.newUser().password;

      const wrong = { username, code: otherCode(code), newPassword };
      await expectCode(harness.identity.resetPassword(wrong), "code_mismatch");

      await harness.identity.resetPassword({ username, code, newPassword });
    },
  ),

  contractCaseWith(
    recovering,
    "passwords: refuses the reset code of another user",
    async (harness) => {
      const { username } = await userWithResetCode(harness);
      const { code } = await userWithResetCode(harness);
      const newPassword = harness.newUser().password;

      const foreign = harness.identity.resetPassword({ username, code, newPassword });

      await expectCode(foreign, "code_mismatch");
    },
  ),

  contractCaseWith(
    recovering,
    "passwords: refuses any reset code for an unknown user as a wrong one",
    async (harness) => {
      const { username, password } = harness.newUser();

      const unknown = { username, code: "123456", newPassword: password };

      await expectCode(harness.identity.resetPassword(unknown), "code_mismatch");
    },
  ),

  contractCaseWith(
    recovering,
    "passwords: refuses any code for a user who asked for no reset",
    async (harness) => {
      const { username } = await givenUser(harness);
      const newPassword = harness.newUser().password;

      const unasked = harness.identity.resetPassword({ username, code: "123456", newPassword });

      await expectCode(unasked, "code_expired");
    },
  ),

  contractCaseWith(
    { ...recovering, requires: ["clock"] },
    "passwords: refuses a reset code that is a week old",
    async (harness, { clock }) => {
      const { username, code } = await userWithResetCode(harness);
      const newPassword = harness.newUser().password;

      await clock.advance(7 * 24 * 60 * 60);

      const late = harness.identity.resetPassword({ username, code, newPassword });
      await expectCode(late, "code_expired");
    },
  ),

  contractCaseWith(
    recovering,
    "passwords: refuses even the right reset code after too many wrong ones",
    async (harness) => {
      const { username, password, code } = await userWithResetCode(harness);
      const newPassword = harness.newUser().password;
      const wrong = { username, code: otherCode(code), newPassword };
      await expectLimit(() => harness.identity.resetPassword(wrong));

      const right = harness.identity.resetPassword({ username, code, newPassword });

      await expectCode(right, "too_many_attempts");
      await signIn(harness, { username, password });
    },
  ),

  contractCaseWith(
    unconfirmed,
    "passwords: takes no sign-up code for a reset code",
    async (harness) => {
      const user = await signUp(harness);
      const code = await harness.codeFor(user.username, "sign_up_confirmation");
      const newPassword = harness.newUser().password;

      const reset = harness.identity.resetPassword({ username: user.username, code, newPassword });

      await expectCode(reset, "code_expired", "code_mismatch");
    },
  ),
];
