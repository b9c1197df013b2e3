import type { ChallengeAnswer } from "../../../domain/challenge.ts";
import { expectBlame, expectCode, expectEqual, expectPresent } from "../../expectations.ts";
import { type Outcome, outcomesAtOnce } from "../../outcomes.ts";
import { expectOneWinner, expectSameLimit, fiftyOf } from "../../races.ts";
import { contractCaseWith, raceCase } from "../contract-case.ts";
import { alterationsOf, profileOf, sessionTokens } from "../steps/account-steps.ts";
import { answer } from "../steps/challenge-steps.ts";
import { type ChallengeKind, challengeKinds, type WaitingChallenge } from "./challenge-kinds.ts";

/** The cases of `Sessions.answerChallenge`, for every challenge. */
export const challengeCases = [
  ...casesOf("an app's code"),
  ...casesOf("a recovery code"),
  ...casesOf("a second factor by mail"),
  ...casesOf("a second factor by text message"),
  ...casesOf("a sign-in code by mail"),
  ...casesOf("a sign-in code by text message"),
  ...casesOf("a password of one's own"),
  ...casesOf("an answer of the operator's"),
  ...repeatableCasesOf("an app's code"),
  ...repeatableCasesOf("a recovery code"),
  ...repeatableCasesOf("a second factor by mail"),
  ...repeatableCasesOf("a second factor by text message"),
  ...repeatableCasesOf("a sign-in code by mail"),
  ...repeatableCasesOf("a sign-in code by text message"),
  ...repeatableCasesOf("a password of one's own"),
  ...codeCasesOf("an app's code"),
  ...codeCasesOf("a recovery code"),
  ...codeCasesOf("a second factor by mail"),
  ...codeCasesOf("a second factor by text message"),
  ...codeCasesOf("a sign-in code by mail"),
  ...codeCasesOf("a sign-in code by text message"),
];

/** The refusals that later answers can be told: the session is used, or else the code is. */
const refusals: readonly Outcome[] = [
  "challenge_expired",
  "code_mismatch",
  "code_expired",
  "too_many_attempts",
];

type KindName = keyof typeof challengeKinds;

/** The cases that hold for every challenge. */
function casesOf<const Name extends KindName>(name: Name) {
  const kind: ChallengeKind = challengeKinds[name];
  return [
    contractCaseWith(
      kind,
      `challenges: ${name} ends the sign-in with the user's tokens`,
      async (harness) => {
        const { email, username, ...waiting } = await kind.begin(harness);

        const result = await answer(harness, waiting, waiting.right);
        const { accessToken } = sessionTokens(result);

        if (result.status === "signed_in")
          expectEqual("the name that it was begun with", result.username, username);
        await harness.tokens.verify(accessToken);
        const profile = await profileOf(harness, { accessToken });
        if (profile) expectEqual("the e-mail address", profile.attributes.email, email);
      },
    ),

    contractCaseWith(kind, `challenges: ${name} spends the session`, async (harness) => {
      const waiting = await kind.begin(harness);
      await answer(harness, waiting, waiting.right);

      for (const again of [waiting.right, waiting.wrong ?? waiting.right])
        await expectCode(answer(harness, waiting, again), "challenge_expired");
    }),

    contractCaseWith(
      kind,
      `challenges: ${name} opens no session that was invented or altered`,
      async (harness) => {
        const waiting = await kind.begin(harness);

        for (const session of ["", "invented", "x".repeat(2000), ...alterationsOf(waiting.session)])
          await expectCode(answer(harness, { session }, waiting.right), "challenge_expired");

        sessionTokens(await answer(harness, waiting, waiting.right));
      },
    ),

    contractCaseWith(
      kind,
      `challenges: ${name} is asked for, and no other answer taken`,
      async (harness) => {
        const waiting = await kind.begin(harness);

        await expectCode(answer(harness, waiting, ofOtherType(waiting)), "challenge_expired");
      },
    ),

    contractCaseWith(
      { ...kind, requires: [...(kind.requires ?? []), "clock"] },
      `challenges: ${name} comes too late a day after the session began`,
      async (harness) => {
        const waiting = await kind.begin(harness);

        await expectPresent("the clock", harness.controls.clock).advance(24 * 60 * 60);

        await expectCode(answer(harness, waiting, waiting.right), "challenge_expired");
      },
    ),

    raceCase(kind, `concurrency: takes ${name} once of many times`, async (harness) => {
      const waiting = await kind.begin(harness);

      const outcomes = await outcomesAtOnce(
        fiftyOf(() => waiting.right),
        (given) => answer(harness, waiting, given),
      );

      expectOneWinner(outcomes, ...refusals);
    }),
  ];
}

/** The cases on challenges that can be answered again after a wrong answer. */
function repeatableCasesOf<const Name extends KindName>(name: Name) {
  const kind: ChallengeKind = challengeKinds[name];
  return [
    contractCaseWith(
      kind,
      `challenges: ${name} is taken by the same session after a wrong one`,
      async (harness) => {
        const { session, ...waiting } = await kind.begin(harness);
        const wrong = expectPresent("a wrong answer", waiting.wrong);
        const refusal = expectPresent("its refusal", kind.refusal);

        const error = await expectCode(answer(harness, { session }, wrong), refusal);

        if (refusal === "password_policy_violation") expectBlame(error, "newPassword");
        sessionTokens(await answer(harness, { session }, waiting.right));
      },
    ),
  ];
}

/** The cases on codes that are made for one sign-in or one user. */
function codeCasesOf<const Name extends KindName>(name: Name) {
  const kind: ChallengeKind = challengeKinds[name];
  return [
    contractCaseWith(kind, `challenges: ${name} is of no use to another user`, async (harness) => {
      const { session } = await kind.begin(harness);
      const { right } = await kind.begin(harness);

      await expectCode(answer(harness, { session }, right), "code_mismatch");
    }),

    raceCase(
      kind,
      `concurrency: hears few wrong answers where ${name} is asked for`,
      async (harness) => {
        await expectSameLimit(
          async () => {
            const { session, right, ...waiting } = await kind.begin(harness);
            const wrong = expectPresent("a wrong answer", waiting.wrong);
            return {
              wrong: () => answer(harness, { session }, wrong),
              right: () => answer(harness, { session }, right),
            };
          },
          (outcome) => outcome === "too_many_attempts" || outcome === "challenge_expired",
        );
      },
    ),
  ];
}

function ofOtherType({ right }: WaitingChallenge): ChallengeAnswer {
  if (right.type === "custom") return { type: "totp", code: "123456" };
  return { type: "custom", answer: "123456" };
}
