import { type BrokenProvider, breaking, fail, insteadOf } from "../broken-provider.ts";

export const brokenRegistration: readonly BrokenProvider[] = [
  {
    fault: "hides that a code could not be sent",
    caughtBy: "registration: makes the account even if its code could not be sent, and says so",
    saying: "expected delivery_failed, or that the operator is told, but: no error, and nobody was",
    breakParts: breaking((identity) => ({
      signUp: (input) =>
        insteadOf("delivery_failed", identity.signUp(input), () => ({
          status: "confirmation_required",
        })),
    })),
  },
  {
    fault: "signs the same name up twice",
    caughtBy: "registration: refuses the name of a confirmed user",
    saying: "expected username_taken, but the call worked",
    breakParts: breaking((identity) => ({
      signUp: (input) =>
        insteadOf("username_taken", identity.signUp(input), () => ({ status: "confirmed" })),
    })),
  },
  {
    fault: "looks a name up before it looks at the password",
    caughtBy: "registration: refuses a weak password before it looks at whether the name is taken",
    saying: "expected password_policy_violation, but the call threw username_taken",
    breakParts: breaking((identity, { newUser }) => ({
      signUp: (input) =>
        insteadOf("password_policy_violation", identity.signUp(input), () =>
          identity.signUp({ ...input, password: newUser().password }),
        ),
    })),
  },
  {
    fault: "does not say which member is at fault",
    caughtBy: "registration: refuses a weak password and says which member is at fault",
    saying: "expected that the error has violations, but that is not so",
    breakParts: breaking((identity) => ({
      signUp: (input) =>
        insteadOf("password_policy_violation", identity.signUp(input), ({ code }) => fail(code)),
    })),
  },
  {
    fault: "takes any code",
    caughtBy: "registration: refuses a wrong code, and takes the right one after",
    saying: "expected code_mismatch, but the call worked",
    breakParts: breaking((identity, { codeFor }) => ({
      confirmSignUp: async ({ username }) =>
        identity.confirmSignUp({
          username,
          code: await codeFor(username, "sign_up_confirmation"),
        }),
    })),
  },
  {
    fault: "takes a code twice",
    caughtBy: "registration: spends the code on its use",
    saying: "expected already_confirmed, but the call worked",
    breakParts: breaking((identity) => ({
      confirmSignUp: (input) =>
        insteadOf("already_confirmed", identity.confirmSignUp(input), () => undefined),
    })),
  },
  {
    fault: "takes a code of long ago",
    caughtBy: "registration: refuses a code that is a week old",
    saying: "expected code_expired, but the call worked",
    breakParts: breaking((identity) => ({
      confirmSignUp: (input) =>
        insteadOf("code_expired", identity.confirmSignUp(input), () => undefined),
    })),
  },
  {
    fault: "lets codes be guessed for ever",
    caughtBy: "registration: refuses even the right code after too many wrong ones",
    saying: "expected too_many_attempts at some point, but: code_mismatch ×30",
    breakParts: breaking((identity) => ({
      confirmSignUp: (input) =>
        insteadOf("too_many_attempts", identity.confirmSignUp(input), () => fail("code_mismatch")),
    })),
  },
  {
    fault: "leaves the old code alive",
    caughtBy: "registration: makes a code worthless by sending a new one",
    saying: "expected code_mismatch, but the call worked",
    breakParts: breaking(() => ({ resendConfirmation: async () => undefined })),
  },
  {
    fault: "keeps the password of whoever signed an address up first",
    caughtBy: "registration: sets the password of whoever confirms, in place of a squatter's",
    saying: "expected a step to work, but it threw invalid_credentials",
    breakParts: breaking((identity) => ({
      confirmSignUp: ({ username, code }) => identity.confirmSignUp({ username, code }),
    })),
  },
  {
    fault: "sets the password of whoever signs up, though the account is confirmed",
    caughtBy: "registration: keeps the password of a confirmed user from later sign-ups",
    saying: "expected a step to work, but it threw invalid_credentials",
    breakParts: breaking((identity) => ({
      signUp: (input) =>
        insteadOf("username_taken", identity.signUp(input), async (error) => {
          const { username, password } = input;
          await identity.setPassword({ username, password, isPermanent: true });
          throw error;
        }),
    })),
  },
];
