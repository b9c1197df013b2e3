import type { CognitoIdentityProviderOptions } from "../../src/adapters/cognito/index.ts";
import type { CustomChallenge } from "../../src/adapters/memory/index.ts";
import type { HarnessControls } from "../../src/testing/index.ts";

/** Asks everyone for a sum, three times at most. */
export const sums: CustomChallenge = {
  next({ rounds }) {
    if (rounds.at(-1)?.isRight) return { action: "admit" };
    if (rounds.length === 3) return { action: "refuse" };
    return { action: "ask", parameters: { question: "1 + 2" }, expected: "3" };
  },
};

/** The same for the Cognito adapter, of names that nobody has. */
export const sumsForUnknown: CognitoIdentityProviderOptions["customChallengeForUnknown"] = ({
  round,
  answer,
}) => (answer === "3" || round === 3 ? undefined : { question: "1 + 2" });

/** Knows the sum. */
export const customChallenge: HarnessControls["customChallenge"] = {
  answerTo: ({ question = "" }) =>
    String(question.split(" + ").reduce((sum, part) => sum + Number(part), 0)),
};
