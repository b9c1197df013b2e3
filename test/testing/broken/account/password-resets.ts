import type { EndedSessions } from "../../../../src/domain/session.ts";
import {
  type BrokenProvider,
  breaking,
  caughtByEach,
  fail,
  insteadOf,
  skipping,
} from "../broken-provider.ts";

const allEnded: EndedSessions = { ended: "all" };
const playsAlong = async () => allEnded;
const worked = "but the call worked";

export const brokenPasswordResets: readonly BrokenProvider[] = [
  {
    fault: "takes a reset for a second factor",
    caughtBy: "passwords: ask for the second factor after a reset as before",
    saying: "expected a totp challenge, but tokens came",
    breakParts: breaking(skipping("totp")),
  },
  ...caughtByEach(
    {
      fault: "plays along with a reset, and does nothing",
      breakParts: breaking(() => ({ resetPassword: playsAlong })),
    },
    [
      "passwords: sets a new password with the code that was sent",
      "expected a step to work, but it threw invalid_credentials",
    ],
    [
      "passwords: lets a user in again once the password was reset as demanded",
      "expected a step to work, but it threw",
    ],
    [
      "passwords: spends the reset code on its use",
      `expected code_expired or code_mismatch, ${worked}`,
    ],
    [
      "passwords: takes no sign-up code for a reset code",
      `expected code_expired or code_mismatch, ${worked}`,
    ],
    ["passwords: refuses a wrong reset code, and takes the right one after", worked],
    ["passwords: refuses the reset code of another user", `expected code_mismatch, ${worked}`],
    [
      "passwords: refuses any reset code for an unknown user as a wrong one",
      `expected code_mismatch, ${worked}`,
    ],
    [
      "passwords: refuses any code for a user who asked for no reset",
      `expected code_expired, ${worked}`,
    ],
    ["passwords: refuses a reset code that is a week old", `expected code_expired, ${worked}`],
    [
      "concurrency: counts wrong reset codes that come at once",
      "expected a limit to guessing, but: no error ×50",
    ],
    [
      "concurrency: refuses the old password once a reset is done, though sign-ins with it were under way",
      'expected the outcome to be "invalid_credentials" or "too_many_attempts"',
    ],
  ),
  ...caughtByEach(
    {
      fault: "looks at the code, and at who asks, before it looks at the password",
      breakParts: breaking((identity) => ({
        resetPassword: (input) =>
          insteadOf("password_policy_violation", identity.resetPassword(input), () =>
            fail("code_mismatch"),
          ),
      })),
    },
    [
      "passwords: refuses a weak new password before it looks at the code",
      "expected password_policy_violation, but the call threw code_mismatch",
    ],
    [
      "passwords: refuses a weak new password before it looks at who asks",
      "expected password_policy_violation, but the call threw code_mismatch",
    ],
  ),
  {
    fault: "lets reset codes be guessed for ever",
    caughtBy: "passwords: refuses even the right reset code after too many wrong ones",
    saying: "expected too_many_attempts at some point, but: code_mismatch ×30",
    breakParts: breaking((identity) => ({
      resetPassword: (input) =>
        insteadOf("too_many_attempts", identity.resetPassword(input), () => fail("code_mismatch")),
    })),
  },
  ...caughtByEach(
    {
      fault: "plays along with a change, and does nothing",
      breakParts: breaking(() => ({ changePassword: playsAlong })),
    },
    [
      "passwords: replaces the password of the caller",
      "expected a step to work, but it threw invalid_credentials",
    ],
    [
      "passwords: refuses to change to a weak password and says which member is at fault",
      `expected password_policy_violation, ${worked}`,
    ],
    [
      "passwords: lets the current password be guessed only so often",
      "expected too_many_attempts at some point, but: no error ×30",
    ],
  ),
];
