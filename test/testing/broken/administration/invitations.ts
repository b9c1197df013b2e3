import { IdentityError } from "../../../../src/domain/errors.ts";
import { type BrokenProvider, breaking, insteadOf } from "../broken-provider.ts";

const worked = "but the call worked";

export const brokenInvitations: readonly BrokenProvider[] = [
  {
    fault: "says that who is invited has confirmed",
    caughtBy: "invitations: tell what was created",
    saying: 'expected the status to be "invited", but it is "confirmed"',
    breakParts: breaking((identity) => ({
      createUser: async (input) => ({ ...(await identity.createUser(input)), status: "confirmed" }),
    })),
  },
  {
    fault: "sends a temporary password that is none",
    caughtBy: "invitations: let the user in with the password that was sent",
    saying: "expected a step to work, but it threw invalid_credentials",
    breakParts: ({ codeFor }) => ({
      codeFor: async (username, purpose) => `${await codeFor(username, purpose)}x`,
    }),
  },
  {
    fault: "makes up a password of its own",
    caughtBy: "invitations: let the user in with the password that was chosen",
    saying: "expected a step to work, but it threw invalid_credentials",
    breakParts: breaking((identity) => ({
      createUser: ({ temporaryPassword: _chosen, ...input }) => identity.createUser(input),
    })),
  },
  {
    fault: "takes an account back whose user could not be told",
    caughtBy: "invitations: make the account even if the user could not be told, and it is said",
    saying: "expected a step to work, but it threw user_not_found",
    breakParts: breaking((identity) => ({
      createUser: (input) =>
        insteadOf("delivery_failed", identity.createUser(input), async (error) => {
          await identity.deleteUser(input);
          throw error;
        }),
    })),
  },
  {
    fault: "makes the account of a weak temporary password",
    caughtBy: "invitations: refuse a weak temporary password and say which member is at fault",
    saying: "expected user_not_found, but the call worked",
    breakParts: breaking((identity) => ({
      createUser: (input) =>
        insteadOf("password_policy_violation", identity.createUser(input), async (error) => {
          const { temporaryPassword: _weak, ...user } = input;
          await identity.createUser({ ...user, invite: false });
          throw error;
        }),
    })),
  },
  {
    fault: "does not say which attribute is malformed",
    caughtBy: "invitations: refuse a malformed address and say which member is at fault",
    saying: "expected that the error has violations, but that is not so",
    breakParts: breaking((identity) => ({
      createUser: (input) =>
        insteadOf("validation_failed", identity.createUser(input), ({ code }) => {
          throw new IdentityError(code);
        }),
    })),
  },
  {
    fault: "sends no invitation again that has lapsed",
    caughtBy: "invitations: are good for as long when they are sent again, after they lapsed too",
    saying: "expected a step to work, but it threw temporary_password_expired",
    breakParts: breaking(() => ({ resendInvitation: async () => undefined })),
  },
  {
    fault: "invites whoever has a password",
    caughtBy: "invitations: are not sent to who has a password of their own, and that stays",
    saying: `expected conflict, ${worked}`,
    breakParts: breaking((identity) => ({
      resendInvitation: (input) =>
        insteadOf("conflict", identity.resendInvitation(input), () => undefined),
    })),
  },
  {
    fault: "hides that an invitation could not be sent again",
    caughtBy: "invitations: say that they could not be sent again",
    saying: `expected delivery_failed, ${worked}`,
    breakParts: breaking((identity) => ({
      resendInvitation: (input) =>
        insteadOf("delivery_failed", identity.resendInvitation(input), () => undefined),
    })),
  },
  {
    fault: "creates a user as often as one likes",
    caughtBy: "concurrency: creates one of many users of one name",
    saying: "expected one call to work, but 50 did",
    breakParts: breaking((identity) => ({
      createUser: (input) =>
        insteadOf("username_taken", identity.createUser(input), () => identity.getUser(input)),
    })),
  },
];
