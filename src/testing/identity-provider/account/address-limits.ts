import { ContractFailure, expectEqual } from "../../expectations.ts";
import { expectLimit, type Outcome, outcomeCounts, outcomeOf, outcomesOf } from "../../outcomes.ts";
import { contractCaseWith } from "../contract-case.ts";
import { otherCode, signedInUser } from "../steps/account-steps.ts";

const attribute = "email";
const purpose = "attribute_verification";

/** The most codes in a row that are compared: one more than any limit allows would be found in time. */
const mostGuesses = 30;

const profile = { needs: ["profile"] } as const;

/**
 * The cases on changes of address: whoever makes one gets no more messages and no more guesses than who stays with one
 * address.
 */
export const addressLimitCases = [
  contractCaseWith(
    profile,
    "attributes: send only so many codes to new addresses",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);

      await expectLimit(() => {
        const { email } = harness.newUser().attributes;
        return harness.identity.updateAttributes({ accessToken, attributes: { email } });
      });
    },
  ),

  contractCaseWith(
    profile,
    "attributes: are left alone where no code may be sent",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);
      const nickname = "set along";
      const update = (attributes: Readonly<Record<string, string>>) => {
        const { email } = harness.newUser().attributes;
        const input = { accessToken, attributes: { ...attributes, email } };
        return harness.identity.updateAttributes(input);
      };
      await expectLimit(() => update({}));

      expectEqual("the update", await outcomeOf(update({ nickname })), "too_many_attempts");

      const { attributes } = await harness.identity.getProfile({ accessToken });
      expectEqual("the attribute that came along", attributes.nickname, undefined);
    },
  ),

  contractCaseWith(
    profile,
    "verification: lets codes be guessed only so often, however often an address is begun with",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);
      const { username } = await harness.identity.getProfile({ accessToken });
      const outcomes: Outcome[] = [];
      while (outcomes.length < 2 * mostGuesses) {
        const { email } = harness.newUser().attributes;
        const attributes = { email };
        await outcomeOf(harness.identity.updateAttributes({ accessToken, attributes }));
        const code = otherCode(await harness.codeFor(username, purpose));
        const guess = () => harness.identity.confirmAttribute({ accessToken, attribute, code });
        outcomes.push(...(await outcomesOf(5, guess)));
      }

      const compared = outcomes.filter((outcome) => outcome !== "too_many_attempts");
      if (compared.length > mostGuesses || outcomes.at(-1) !== "too_many_attempts")
        throw new ContractFailure(
          `expected too_many_attempts to the end from some point on, but: ${outcomeCounts(outcomes)}`,
        );
    },
  ),
] as const;
