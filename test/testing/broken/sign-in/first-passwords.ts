import {
  type BrokenProvider,
  breaking,
  breakingOther,
  fail,
  insteadOf,
  welcome,
} from "../broken-provider.ts";

export const brokenFirstPasswords: readonly BrokenProvider[] = [
  {
    fault: "does not keep the password of a user's own",
    caughtBy: "first password: takes the place of the temporary one",
    saying: "expected a step to work, but it threw invalid_credentials",
    breakParts: breaking((identity, { newUser }) => ({
      answerChallenge: ({ answer, ...input }) => {
        const { password: newPassword } = newUser();
        const other = answer.type === "new_password" ? { ...answer, newPassword } : answer;
        return identity.answerChallenge({ ...input, answer: other });
      },
    })),
  },
  {
    fault: "asks anyone for a password of their own",
    caughtBy: "first password: is asked for only of who knows the temporary one",
    saying: "expected invalid_credentials, but the call worked",
    breakParts: breaking((identity) => ({
      signIn: (input) => insteadOf("invalid_credentials", identity.signIn(input), () => welcome),
    })),
  },
  {
    fault: "takes no space at an end of a first password",
    caughtBy: "first password: may have a space at an end if any other may",
    saying: "expected what comes of a first one to be",
    breakParts: breaking((identity) => ({
      answerChallenge: async (input) =>
        input.answer.type === "new_password" && / $/.test(input.answer.newPassword)
          ? fail("password_policy_violation")
          : identity.answerChallenge(input),
    })),
  },
  {
    fault: "asks for no attribute with a first password",
    caughtBy: "first password: comes with the attributes that no account can be without",
    saying: "expected validation_failed, but the call worked",
    breakParts: breakingOther("requiredAttribute", (identity) => ({
      answerChallenge: (input) =>
        insteadOf("validation_failed", identity.answerChallenge(input), () => welcome),
    })),
  },
];
