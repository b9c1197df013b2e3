import type { Challenge } from "../../../domain/challenge.ts";
import { expectCode, expectEqual } from "../../expectations.ts";
import { type Outcome, outcomeCounts, outcomeOf } from "../../outcomes.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import { givenUser, sessionTokens } from "../steps/account-steps.ts";
import { answer, expectChallenge } from "../steps/challenge-steps.ts";

const custom = { needs: ["custom_challenges"], requires: ["customChallenge"] } as const;

/** The cases on challenges of the operator's own. */
export const customChallengeCases = [
  contractCaseWith(
    custom,
    "custom challenges: ask again after a wrong answer, in a session of its own",
    async (harness, { customChallenge }) => {
      const { username } = await givenUser(harness);
      const first = await begin(harness, username);

      const second = expectChallenge(await answer(harness, first, wrong), "custom");

      await expectCode(answer(harness, first, wrong), "challenge_expired");
      const right = await customChallenge.answerTo(second.parameters);
      sessionTokens(await answer(harness, second, { type: "custom", answer: right }));
    },
  ),

  contractCaseWith(
    custom,
    "custom challenges: refuse a user after the third wrong answer",
    async (harness) => {
      const { username } = await givenUser(harness);
      const first = await begin(harness, username);
      const second = expectChallenge(await answer(harness, first, wrong), "custom");
      const third = expectChallenge(await answer(harness, second, wrong), "custom");

      await expectCode(answer(harness, third, wrong), "invalid_credentials");
    },
  ),

  contractCaseWith(
    custom,
    "custom challenges: ask an unknown user as they do a known one",
    async (harness, { customChallenge }) => {
      const known = await begin(harness, (await givenUser(harness)).username);

      const played = await begin(harness, harness.newUser().username);

      const members = Object.keys(known.parameters).toSorted();
      expectEqual("the parameters", Object.keys(played.parameters).toSorted(), members);
      const right = await customChallenge.answerTo(played.parameters);
      const given = { type: "custom", answer: right } as const;
      await expectCode(answer(harness, played, given), "invalid_credentials");
    },
  ),

  contractCaseWith(
    custom,
    "custom challenges: refuse wrong answers alike for every user name, to the end",
    async (harness) => {
      const expected = await guessAs(harness, (await givenUser(harness)).username);
      const actual = await guessAs(harness, harness.newUser().username);

      expectEqual("what an unknown user gets", outcomeCounts(actual), outcomeCounts(expected));
    },
  ),
];

/** Answers each question once more than it can be answered, and tells how each answer ends. */
async function guessAs(harness: IdentityProviderHarness, username: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let challenge: Pick<Challenge, "session"> | undefined = await begin(harness, username);
  while (challenge) {
    const { session }: Pick<Challenge, "session"> = challenge;
    challenge = undefined;
    const once = answer(harness, { session }, wrong).then((next) => {
      challenge = expectChallenge(next, "custom");
    });
    outcomes.push(await outcomeOf(once));
    outcomes.push(await outcomeOf(answer(harness, { session }, wrong)));
  }
  return outcomes;
}

const wrong = { type: "custom", answer: "something else" } as const;

async function begin({ identity }: IdentityProviderHarness, username: string) {
  return expectChallenge(await identity.signIn({ username, factor: "custom" }), "custom");
}
