import { IdentityError } from "../../../../src/domain/errors.ts";
import { type BrokenProvider, breaking, fail, insteadOf } from "../broken-provider.ts";

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
];
