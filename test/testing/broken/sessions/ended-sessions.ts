import type { EndedSessions } from "../../../../src/domain/session.ts";
import { type BrokenProvider, breaking, fail, insteadOf } from "../broken-provider.ts";

const throwsRevoked = "expected a step to work, but it threw token_revoked";

export const brokenEndedSessions: readonly BrokenProvider[] = [
  {
    fault: "does not say whose sessions a reset has ended",
    caughtBy: "passwords: names the user whose sessions a reset has ended",
    saying: "expected whose they were to be",
    breakParts: breaking((identity) => ({
      async resetPassword(input): Promise<EndedSessions> {
        await identity.resetPassword(input);
        return { ended: "all" };
      },
    })),
  },
  {
    fault: "takes a reset for an end of the account",
    caughtBy: "passwords: lets the user in again after a reset",
    saying: "expected a step to work, but it threw user_disabled",
    breakParts: breaking((identity) => ({
      async resetPassword(input) {
        const ended = await identity.resetPassword(input);
        await identity.disableUser(input);
        return ended;
      },
    })),
  },
  {
    fault: "takes a sign-out everywhere for an end of the account",
    caughtBy: "sessions: lets a user in again after sign-out everywhere",
    saying: "expected a step to work, but it threw user_disabled",
    breakParts: breaking((identity) => ({
      async signOutEverywhere(input) {
        await identity.disableUser(await identity.getProfile(input));
      },
    })),
  },
  {
    fault: "signs everybody out who gives a wrong current password",
    caughtBy: "passwords: ends no session by a change that is refused",
    saying: throwsRevoked,
    breakParts: breaking((identity) => ({
      changePassword: (input) =>
        insteadOf("invalid_credentials", identity.changePassword(input), async ({ code }) => {
          await identity.signOutEverywhere(input);
          return fail(code);
        }),
    })),
  },
  {
    fault: "ends the session that changes the password",
    caughtBy: "passwords: leaves the caller signed in by a change",
    saying: throwsRevoked,
    breakParts: breaking((identity) => ({
      async changePassword(input) {
        const ended = await identity.changePassword(input);
        await identity.signOutEverywhere(input);
        return ended;
      },
    })),
  },
  {
    fault: "takes another form of a new password for the same",
    caughtBy: "passwords: are those of a change character for character",
    saying: "expected invalid_credentials, but the call worked",
    breakParts: breaking((identity) => ({
      changePassword: ({ newPassword, ...input }) =>
        identity.changePassword({ ...input, newPassword: newPassword.normalize("NFKC") }),
      signIn: ({ password = "", ...input }) =>
        identity.signIn({ ...input, password: password.normalize("NFKC") }),
    })),
  },
];
