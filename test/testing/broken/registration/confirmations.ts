import {
  type BrokenProvider,
  breaking,
  caughtByEach,
  fail,
  insteadOf,
} from "../broken-provider.ts";

const worked = "but the call worked";

export const brokenConfirmations: readonly BrokenProvider[] = [
  ...caughtByEach(
    {
      fault: "confirms nothing",
      breakParts: breaking(() => ({ confirmSignUp: async () => undefined })),
    },
    [
      "registration: lets a user in once the code was given",
      "expected a step to work, but it threw user_not_confirmed",
    ],
    [
      "registration: confirms with a code that was sent anew",
      "expected a step to work, but it threw user_not_confirmed",
    ],
    [
      "registration: refuses a wrong code for a confirmed user as needless",
      `expected already_confirmed, ${worked}`,
    ],
    [
      "registration: refuses any code for an unknown user as a wrong one",
      `expected code_mismatch, ${worked}`,
    ],
    ["registration: refuses the code of another user", `expected code_mismatch, ${worked}`],
    [
      "registration: sets no password by a wrong code, or for a confirmed user",
      `expected code_mismatch, ${worked}`,
    ],
    ["concurrency: takes a sign-up code once of many times", "expected one call to work, but 50"],
    [
      "concurrency: counts wrong sign-up codes that come at once",
      "expected a limit to guessing, but: no error ×50",
    ],
  ),
  {
    fault: "takes the code for no proof",
    caughtBy: "registration: takes the code for a proof of the address",
    saying: "expected email_verified to be true, but it is false",
    breakParts: breaking((identity) => ({
      async getProfile(input) {
        const profile = await identity.getProfile(input);
        return { ...profile, attributes: { ...profile.attributes, email_verified: false } };
      },
    })),
  },
  {
    fault: "sets a password for whoever is confirmed already",
    caughtBy: "registration: sets no password by a wrong code, or for a confirmed user",
    saying: "expected a step to work, but it threw invalid_credentials",
    breakParts: breaking((identity) => ({
      confirmSignUp: (input) =>
        insteadOf("already_confirmed", identity.confirmSignUp(input), async (error) => {
          const { username, password = "" } = input;
          await identity.setPassword({ username, password, isPermanent: true });
          throw error;
        }),
    })),
  },
  {
    fault: "looks at the code before it looks at the password",
    caughtBy:
      "registration: refuses a weak password before it looks at the code, says which member is at fault and leaves the code alive",
    saying: "expected password_policy_violation, but the call threw code_mismatch",
    breakParts: breaking((identity) => ({
      confirmSignUp: (input) =>
        insteadOf("password_policy_violation", identity.confirmSignUp(input), () =>
          fail("code_mismatch"),
        ),
    })),
  },
  {
    fault: "declares a password with confirmations and takes none",
    caughtBy:
      "registration: takes a password with a confirmation where it declares that, and confirms nothing with one elsewhere",
    saying: 'expected the outcome to be "no error", but it is "not_supported"',
    breakParts: breaking((identity) => ({
      confirmSignUp: async (input) =>
        input.password === undefined ? identity.confirmSignUp(input) : fail("not_supported"),
    })),
  },
  ...caughtByEach(
    {
      fault: "sends no new code",
      breakParts: breaking(() => ({ resendConfirmation: async () => undefined })),
    },
    [
      "registration: sends a new code when the old one is past its time",
      "expected a step to work, but it threw code_expired",
    ],
    [
      "registration: sends no new code to a confirmed user",
      `expected already_confirmed, ${worked}`,
    ],
  ),
  {
    fault: "hides that a new code could not be sent",
    caughtBy: "registration: says that a new code could not be sent",
    saying: "expected delivery_failed, or that the operator is told, but: no error, and nobody was",
    breakParts: breaking((identity) => ({
      resendConfirmation: (input) =>
        insteadOf("delivery_failed", identity.resendConfirmation(input), () => undefined),
    })),
  },
  {
    fault: "sends new codes without end",
    caughtBy: "registration: sends only so many new codes",
    saying: "expected too_many_attempts at some point, but: no error ×30",
    breakParts: breaking((identity) => ({
      resendConfirmation: (input) =>
        insteadOf("too_many_attempts", identity.resendConfirmation(input), () => undefined),
    })),
  },
  {
    fault: "says something else of who is unknown",
    caughtBy: "registration: says of an unknown user who wants a new code at most that",
    saying: 'expected the outcome to be "user_not_found" or "no error", but it is "not_found"',
    breakParts: breaking((identity) => ({
      resendConfirmation: (input) =>
        insteadOf("user_not_found", identity.resendConfirmation(input), () => fail("not_found")),
    })),
  },
];
