import { type BrokenProvider, breaking, insteadOf } from "./broken-provider.ts";

export const brokenPasswords: readonly BrokenProvider[] = [
  {
    fault: "spends the reset code on a weak password",
    caughtBy:
      "passwords: refuses a weak new password, says which member is at fault and leaves the code alive",
    saying: "expected a step to work, but it threw code_expired",
    breakParts: breaking((identity, { newUser }) => ({
      resetPassword: (input) =>
        insteadOf("password_policy_violation", identity.resetPassword(input), async (error) => {
          await identity.resetPassword({ ...input, newPassword: newUser().password });
          throw error;
        }),
    })),
  },
  {
    fault: "keeps the old password",
    caughtBy: "passwords: refuses the old password after a reset",
    saying: "expected invalid_credentials, but the call worked",
    breakParts: breaking(() => ({ resetPassword: async () => undefined })),
  },
  {
    fault: "does not ask for the current password",
    caughtBy: "passwords: asks for the current password again before a change",
    saying: "expected invalid_credentials, but the call worked",
    breakParts: breaking((identity) => ({
      changePassword: (input) =>
        insteadOf("invalid_credentials", identity.changePassword(input), () => undefined),
    })),
  },
];
