import { IdentityError } from "../../../../src/domain/errors.ts";
import type { IdentityProviderHarness } from "../../../../src/testing/index.ts";
import {
  type BrokenProvider,
  breaking,
  caughtByEach,
  fail,
  insteadOf,
} from "../broken-provider.ts";

export const brokenDisclosure: readonly BrokenProvider[] = [
  {
    fault: "limits guesses only where there is a user",
    caughtBy: "disclosure: answers wrong sign-up codes alike for every user name, past the limit",
    saying:
      'expected what a waiting user gets to be "code_mismatch ×20", but it is "code_mismatch ×5, too_many_attempts ×15"',
    breakParts: breaking((identity, { controls }) => ({
      confirmSignUp: (input) =>
        insteadOf("too_many_attempts", identity.confirmSignUp(input), async ({ code }) => {
          const sent = await controls.deliveries?.count(input.username, "sign_up_confirmation");
          return fail(sent ? code : "code_mismatch");
        }),
    })),
  },
  {
    fault: "repeats the user name in its errors",
    caughtBy: "disclosure: repeats nothing of what was sent in an error",
    saying: "expected that no error repeats what was sent, but that is not so",
    breakParts: breaking((identity) => ({
      signIn: (input) =>
        insteadOf("invalid_credentials", identity.signIn(input), ({ code }) => {
          throw new IdentityError(code, { detail: `${input.username} gave a wrong password.` });
        }),
    })),
  },
  ...caughtByEach(
    {
      fault: "counts wrong passwords only where there is a user",
      breakParts: breaking((identity, harness) => ({
        signIn: (input) =>
          insteadOf("too_many_attempts", identity.signIn(input), onlyToUsers(harness, input)),
      })),
    },
    [
      "disclosure: answers wrong passwords alike for every user name, past the limit",
      "expected what a waiting user gets to be",
    ],
    [
      "disclosure: locks every user name for as long after wrong passwords",
      "expected what a waiting user gets to be",
    ],
    [
      "disclosure: answers wrong passwords and codes for a disabled user name as for an unknown one",
      "expected what a disabled user gets to be",
    ],
  ),
  {
    fault: "limits guesses of a new code only where there is a user",
    caughtBy:
      "disclosure: answers wrong sign-up codes alike for every user name when a new code was asked for",
    saying: "expected what a waiting user gets to be",
    breakParts: breaking((identity, harness) => ({
      confirmSignUp: (input) =>
        insteadOf("too_many_attempts", identity.confirmSignUp(input), onlyToUsers(harness, input)),
    })),
  },
  ...caughtByEach(
    {
      fault: "limits guesses of reset codes only where there is a user",
      breakParts: breaking((identity, harness) => ({
        resetPassword: (input) =>
          insteadOf(
            "too_many_attempts",
            identity.resetPassword(input),
            onlyToUsers(harness, input),
          ),
      })),
    },
    [
      "disclosure: answers wrong reset codes alike for every user name, past the limit",
      "expected what a waiting user gets to be",
    ],
    [
      "disclosure: answers wrong reset codes alike for every user name that a reset was asked for",
      "expected what a waiting user gets to be",
    ],
  ),
];

/** Tells users that they tried too often, and everybody else that it was wrong. */
function onlyToUsers({ identity }: IdentityProviderHarness, { username }: { username: string }) {
  return async ({ code }: IdentityError) => {
    const user = await identity.getUser({ username }).catch(() => undefined);
    return fail(user ? code : "code_mismatch");
  };
}
