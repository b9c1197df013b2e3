import type { EndedSessions } from "../../../../src/domain/session.ts";
import type { IdentityProviderHarness } from "../../../../src/testing/index.ts";
import {
  type BrokenProvider,
  breaking,
  fail,
  type Identity,
  insteadOf,
} from "../broken-provider.ts";

const allEnded: EndedSessions = { ended: "all" };

const playsAlong: Parameters<typeof breaking>[0] = (identity) => ({
  startPasswordReset: (input) =>
    insteadOf("recovery_unavailable", identity.startPasswordReset(input), () => undefined),
});

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
    breakParts: breaking(() => ({ resetPassword: async () => allEnded })),
  },
  {
    fault: "does not ask for the current password",
    caughtBy: "passwords: asks for the current password again before a change",
    saying: "expected invalid_credentials, but the call worked",
    breakParts: breaking((identity) => ({
      changePassword: (input) =>
        insteadOf("invalid_credentials", identity.changePassword(input), () => allEnded),
    })),
  },
  {
    fault: "sends reset codes to addresses that nobody has proven",
    caughtBy: "passwords: resets nothing for a user whose address is not proven",
    saying: "expected that no reset code is sent, but that is not so",
    breakParts: (harness) => ({
      ...breaking(playsAlong)(harness),
      codeFor: async () => "123456",
    }),
  },
  {
    fault: "plays along with a reset, and then takes a code",
    caughtBy: "first password: cannot be set by a reset code in the invitation's stead",
    saying: "expected code_expired or code_mismatch, but the call worked",
    breakParts: breaking((identity, harness) => ({
      ...playsAlong(identity, harness),
      resetPassword: (input) =>
        insteadOf("code_expired", identity.resetPassword(input), () => allEnded),
    })),
  },
  {
    fault: "lets a thief stay after a reset",
    caughtBy: "passwords: ends every session of the user by a reset",
    saying: "expected invalid_refresh_token, but the call worked",
    breakParts: breaking(stolen),
  },
  {
    fault: "lets a thief stay after a change",
    caughtBy: "passwords: ends every other session of the user by a change",
    saying: "expected invalid_refresh_token, but the call worked",
    breakParts: breaking(stolen),
  },
  {
    fault: "says that it cannot end sessions",
    caughtBy: "passwords: ends every session of the user by a reset",
    saying: 'expected which sessions have ended to be "all", but it is "none"',
    breakParts: breaking((identity) => ({
      async resetPassword(input) {
        await identity.resetPassword(input);
        return { ended: "none", code: "not_supported" };
      },
    })),
  },
  {
    fault: "takes another form of a password for the same",
    caughtBy: "passwords: are those of a sign-up character for character",
    saying: "expected invalid_credentials, but the call worked",
    breakParts: breaking((identity) => ({
      signUp: (input) => identity.signUp({ ...input, password: input.password.normalize("NFKC") }),
      signIn: ({ password = "", ...input }) =>
        identity.signIn({ ...input, password: password.normalize("NFKC") }),
    })),
  },
];

/** Refreshes sessions that have ended by new ones of somebody else's. */
export function stolen(identity: Identity, harness: IdentityProviderHarness): Partial<Identity> {
  return {
    refresh: (input) =>
      insteadOf("invalid_refresh_token", identity.refresh(input), async () => {
        const user = harness.newUser();
        await identity.createUser({ ...user, temporaryPassword: user.password, invite: false });
        await identity.setPassword({ ...user, isPermanent: true });
        const result = await identity.signIn({ username: user.username, password: user.password });
        return result.status === "signed_in" ? result.tokens : fail("internal_error");
      }),
  };
}
