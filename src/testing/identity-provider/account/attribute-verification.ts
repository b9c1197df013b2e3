import { expectBlame, expectCode, expectMasked } from "../../expectations.ts";
import { expectLimit, outcomesAtOnce } from "../../outcomes.ts";
import { expectOneWinner, expectSameLimit, fiftyOf } from "../../races.ts";
import { contractCaseWith, raceCase } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import { otherCode, type SignedInUser, signedInUser } from "../steps/account-steps.ts";

const attribute = "email";
const purpose = "attribute_verification";

const profile = { needs: ["profile"] } as const;

/** The cases of `Profiles.startAttributeVerification` and `Profiles.confirmAttribute`. */
export const attributeVerificationCases = [
  contractCaseWith(
    profile,
    "verification: masks the address that a code went to",
    async (harness) => {
      const { accessToken, attributes } = await signedInUser(harness);

      const delivery = await harness.identity.startAttributeVerification({
        accessToken,
        attribute,
      });

      expectMasked(JSON.stringify(delivery ?? {}), attributes.email);
    },
  ),

  contractCaseWith(
    profile,
    "verification: proves no attribute that is no address",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);
      const odd = { accessToken, attribute: "given_name" };

      const refused = harness.identity.startAttributeVerification(odd);

      expectBlame(await expectCode(refused, "validation_failed"), "attribute");
    },
  ),

  contractCaseWith(
    profile,
    "verification: takes no code for an attribute that is no address",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);
      const odd = { accessToken, attribute: "given_name", code: "123456" };

      const refused = harness.identity.confirmAttribute(odd);

      expectBlame(await expectCode(refused, "validation_failed"), "attribute");
    },
  ),

  contractCaseWith(
    profile,
    "verification: proves no address that the user has not",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);
      const missing = { accessToken, attribute: "phone_number" };

      const refused = harness.identity.startAttributeVerification(missing);

      expectBlame(await expectCode(refused, "validation_failed"), "attribute");
    },
  ),

  contractCaseWith(
    { ...profile, requires: ["deliveryFaults"] },
    "verification: says that a code could not be sent",
    async (harness, { deliveryFaults }) => {
      const { accessToken } = await signedInUser(harness);
      await deliveryFaults.failNext();

      const refused = harness.identity.startAttributeVerification({ accessToken, attribute });

      await expectCode(refused, "delivery_failed");
    },
  ),

  contractCaseWith(profile, "verification: sends only so many codes", async (harness) => {
    const { accessToken } = await signedInUser(harness);

    await expectLimit(() =>
      harness.identity.startAttributeVerification({ accessToken, attribute }),
    );
  }),

  contractCaseWith(
    profile,
    "verification: refuses a wrong code, and takes the right one after",
    async (harness) => {
      const { accessToken, code } = await askForCode(harness);
      const wrong = { accessToken, attribute, code: otherCode(code) };

      await expectCode(harness.identity.confirmAttribute(wrong), "code_mismatch");

      await harness.identity.confirmAttribute({ accessToken, attribute, code });
    },
  ),

  contractCaseWith(profile, "verification: spends the code on its use", async (harness) => {
    const { accessToken, code } = await askForCode(harness);
    await harness.identity.confirmAttribute({ accessToken, attribute, code });

    const again = harness.identity.confirmAttribute({ accessToken, attribute, code });

    await expectCode(again, "code_expired", "code_mismatch");
  }),

  contractCaseWith(profile, "verification: refuses the code of another user", async (harness) => {
    const { accessToken } = await askForCode(harness);
    const { code } = await askForCode(harness);

    const foreign = harness.identity.confirmAttribute({ accessToken, attribute, code });

    await expectCode(foreign, "code_mismatch");
  }),

  contractCaseWith(
    profile,
    "verification: refuses any code where none was asked for",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);

      const unasked = harness.identity.confirmAttribute({ accessToken, attribute, code: "123456" });

      await expectCode(unasked, "code_expired");
    },
  ),

  contractCaseWith(
    profile,
    "verification: makes a code worthless by sending a new one",
    async (harness) => {
      const { accessToken, code } = await askForCode(harness);
      await harness.identity.startAttributeVerification({ accessToken, attribute });

      const old = harness.identity.confirmAttribute({ accessToken, attribute, code });

      await expectCode(old, "code_mismatch");
    },
  ),

  contractCaseWith(
    { ...profile, requires: ["clock"] },
    "verification: refuses a code that is a week old",
    async (harness, { clock }) => {
      const { refreshToken, code } = await askForCode(harness);
      await clock.advance(7 * 24 * 60 * 60);
      const { accessToken } = await harness.identity.refresh({ refreshToken });

      const late = harness.identity.confirmAttribute({ accessToken, attribute, code });

      await expectCode(late, "code_expired");
    },
  ),

  contractCaseWith(
    profile,
    "verification: refuses even the right code after too many wrong ones",
    async (harness) => {
      const { accessToken, code } = await askForCode(harness);
      const wrong = { accessToken, attribute, code: otherCode(code) };
      await expectLimit(() => harness.identity.confirmAttribute(wrong));

      const right = harness.identity.confirmAttribute({ accessToken, attribute, code });

      await expectCode(right, "too_many_attempts");
    },
  ),

  raceCase(
    profile,
    "concurrency: takes a verification code once of many times",
    async (harness) => {
      const { accessToken, code } = await askForCode(harness);
      const attempts = fiftyOf(() => ({ accessToken, attribute, code }));

      const outcomes = await outcomesAtOnce(attempts, (attempt) =>
        harness.identity.confirmAttribute(attempt),
      );

      expectOneWinner(outcomes, "code_expired", "code_mismatch", "too_many_attempts");
    },
  ),

  raceCase(
    profile,
    "concurrency: counts wrong verification codes that come at once",
    async (harness) => {
      await expectSameLimit(async () => {
        const { accessToken, code } = await askForCode(harness);
        const guess = { accessToken, attribute };
        return {
          wrong: () => harness.identity.confirmAttribute({ ...guess, code: otherCode(code) }),
          right: () => harness.identity.confirmAttribute({ ...guess, code }),
        };
      });
    },
  ),
];

/** Signs a new user up and in, who asks for a code to prove the e-mail address again. */
async function askForCode(
  harness: IdentityProviderHarness,
): Promise<SignedInUser & { readonly code: string }> {
  const user = await signedInUser(harness);
  await harness.identity.startAttributeVerification({ accessToken: user.accessToken, attribute });
  return { ...user, code: await harness.codeFor(user.username, purpose) };
}
