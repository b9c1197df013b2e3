import {
  type BrokenProvider,
  breaking,
  breakingOther,
  caughtByEach,
  insteadOf,
  welcome,
} from "../broken-provider.ts";

const worked = "but the call worked";

export const brokenAccountControl: readonly BrokenProvider[] = [
  {
    fault: "shows administrators another status",
    caughtBy: "administration: shows a user as they are",
    saying: 'expected the status to be "confirmed", but it is "unconfirmed"',
    breakParts: breaking((identity) => ({
      getUser: async (input) => ({ ...(await identity.getUser(input)), status: "unconfirmed" }),
    })),
  },
  ...caughtByEach(
    {
      fault: "changes nothing for administrators",
      breakParts: breaking(() => ({ updateUser: async () => undefined })),
    },
    ["administration: sets and deletes attributes", 'expected the name to be "Ada"'],
    ["administration: vouches for an address, and sends nothing", "expected the address to be"],
    ["administration: changes nobody's subject", `expected attribute_not_writable, ${worked}`],
  ),
  {
    fault: "confirms what is confirmed",
    caughtBy: "administration: says that there is nothing to confirm",
    saying: `expected already_confirmed, ${worked}`,
    breakParts: breaking(() => ({ confirmUser: async () => undefined })),
  },
  {
    fault: "enables nobody",
    caughtBy: "administration: lets an enabled user in again",
    saying: "expected a step to work, but it threw user_disabled",
    breakParts: breaking(() => ({ enableUser: async () => undefined })),
  },
  ...caughtByEach(
    {
      fault: "demands no reset",
      breakParts: breaking(() => ({ requirePasswordReset: async () => undefined })),
    },
    [
      "administration: demands a reset, for which it sends the code",
      `expected password_reset_required, ${worked}`,
    ],
    [
      "administration: demands no reset of a user whose address is not proven",
      `expected recovery_unavailable, ${worked}`,
    ],
  ),
  ...caughtByEach(
    {
      fault: "sets no password",
      breakParts: breaking(() => ({ setPassword: async () => undefined })),
    },
    [
      "administration: sets a password for good",
      "expected a step to work, but it threw invalid_credentials",
    ],
    [
      "administration: sets no weak password and says which member is at fault",
      `expected password_policy_violation, ${worked}`,
    ],
  ),
  {
    fault: "signs everybody out with one",
    caughtBy: "administration: leaves other users alone",
    saying: "expected a step to work, but it threw token_revoked",
    breakParts: breaking((identity) => {
      const names = new Set<string>();
      return {
        signIn(input) {
          names.add(input.username);
          return identity.signIn(input);
        },
        async signOutUser() {
          for (const username of names) await identity.signOutUser({ username });
        },
      };
    }),
  },
  {
    fault: "approves nobody",
    caughtBy: "approval: lets a user in once an administrator has approved",
    saying: "expected a step to work, but it threw user_not_confirmed",
    breakParts: breakingOther("signUpApproval", () => ({ confirmUser: async () => undefined })),
  },
  {
    fault: "lets users in who were denied",
    caughtBy: "approval: can be denied, which frees the name",
    saying: `expected invalid_credentials, ${worked}`,
    breakParts: breakingOther("signUpApproval", (identity) => ({
      signIn: (input) => insteadOf("invalid_credentials", identity.signIn(input), () => welcome),
    })),
  },
  {
    fault: "takes a code for an approval",
    caughtBy: "approval: cannot be had by a code",
    saying: `expected code_expired or code_mismatch, ${worked}`,
    breakParts: breakingOther("signUpApproval", () => ({ confirmSignUp: async () => undefined })),
  },
];
