import {
  type BrokenProvider,
  breaking,
  caughtByEach,
  insteadOf,
  welcome,
} from "../broken-provider.ts";

export const brokenCodeResends: readonly BrokenProvider[] = [
  ...caughtByEach(
    {
      fault: "sends no code again, and does not say so",
      breakParts: breaking(() => ({ resendChallengeCode: async () => undefined })),
    },
    [
      "challenges: have the code of a second factor sent again",
      "expected that the code is another one, but that is not so",
    ],
    [
      "challenges: have no code sent again by a session that was invented or used",
      "expected challenge_expired, but the call worked",
    ],
    [
      "challenges: have no code sent again that ask for something else",
      "expected challenge_expired, but the call worked",
    ],
    [
      "challenges: have their code sent again only so often, whether there is such a user",
      "expected too_many_attempts at some point, but: no error ×30",
    ],
  ),
  {
    fault: "sends no code again to who is unknown",
    caughtBy: "challenges: are answered alike for every user name that wants a code again",
    saying: "expected a step to work, but it threw user_not_found",
    breakParts: breaking((identity) => {
      const names = new Map<string, string>();
      return {
        async signIn(input) {
          const result = await identity.signIn(input);
          if (result.status === "challenge") names.set(result.challenge.session, input.username);
          return result;
        },
        async resendChallengeCode(input) {
          await identity.getUser({ username: names.get(input.session) ?? "" });
          await identity.resendChallengeCode(input);
        },
      };
    }),
  },
  {
    fault: "begins a sign-in anew for a code that is sent again",
    caughtBy: "challenges: live no longer for a code that was sent again",
    saying: "expected challenge_expired, but the call worked",
    breakParts: breaking((identity) => ({
      answerChallenge: (input) =>
        insteadOf("challenge_expired", identity.answerChallenge(input), () => welcome),
    })),
  },
];
