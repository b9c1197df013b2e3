import type { IdentityError } from "../../../domain/errors.ts";
import {
  expectBlame,
  expectCode,
  expectEqual,
  expectMasked,
  expectPresent,
  expectThat,
} from "../../expectations.ts";
import { outcomeOf } from "../../outcomes.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import { signedInUser } from "../steps/account-steps.ts";
import { userWithPhone } from "../steps/challenge-steps.ts";

const profile = { needs: ["profile"] } as const;

/** The cases of `Profiles.updateAttributes`. */
export const attributeCases = [
  contractCaseWith(
    profile,
    "attributes: are set as given, and no others changed",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);
      const before = await harness.identity.getProfile({ accessToken });

      const attributes = { given_name: "Ada", family_name: "Lovelace" };
      const deliveries = await harness.identity.updateAttributes({ accessToken, attributes });

      expectEqual("the attributes to confirm", deliveries, []);
      const after = await harness.identity.getProfile({ accessToken });
      for (const [name, value] of Object.entries({ ...before.attributes, ...attributes }))
        if (name !== "updated_at") expectEqual(name, after.attributes[name], value);
    },
  ),

  contractCaseWith(profile, "attributes: are deleted by a blank value", async (harness) => {
    const { accessToken } = await signedInUser(harness);
    const set = { given_name: "Ada", family_name: "Lovelace" };
    await harness.identity.updateAttributes({ accessToken, attributes: set });

    await harness.identity.updateAttributes({ accessToken, attributes: { given_name: "" } });

    const { attributes } = await harness.identity.getProfile({ accessToken });
    expectThat("the attribute is gone", !("given_name" in attributes));
    expectEqual("the other one", attributes.family_name, "Lovelace");
  }),

  contractCaseWith(profile, "attributes: of other users are left alone", async (harness) => {
    const { accessToken } = await signedInUser(harness);
    const other = await signedInUser(harness);

    await harness.identity.updateAttributes({ accessToken, attributes: { given_name: "Ada" } });

    const { attributes } = await harness.identity.getProfile(other);
    expectThat("the other user has no such name", attributes.given_name !== "Ada");
  }),

  contractCaseWith(
    profile,
    "attributes: that callers may not set are refused, with all others",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);

      for (const forbidden of [{ sub: "chosen" }, { email_verified: "true" }]) {
        const attributes = { given_name: "Ada", ...forbidden };
        const refused = harness.identity.updateAttributes({ accessToken, attributes });
        await expectCode(refused, "attribute_not_writable");
      }

      const { attributes } = await harness.identity.getProfile({ accessToken });
      expectThat("no other was set either", attributes.given_name !== "Ada");
    },
  ),

  contractCaseWith(
    profile,
    "attributes: of another form are refused, and it is said which",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);
      const attributes = { email: "no address" };

      const malformed = harness.identity.updateAttributes({ accessToken, attributes });

      expectBlame(await expectCode(malformed, "validation_failed"), "attributes", "email");
    },
  ),

  contractCaseWith(
    profile,
    "attributes: that are a new address get a code there",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);
      const { email } = harness.newUser().attributes;

      const deliveries = await harness.identity.updateAttributes({
        accessToken,
        attributes: { email },
      });

      expectEqual(
        "the attributes to confirm",
        deliveries.map(({ attribute }) => attribute),
        ["email"],
      );
      const { delivery } = expectPresent("a delivery", deliveries[0]);
      expectEqual("the medium", delivery.medium, "email");
      expectMasked(delivery.destination, email);
      await codeFor(harness, accessToken);
    },
  ),

  contractCaseWith(
    profile,
    "attributes: never show a new address as proven before it is",
    async (harness) => {
      const { accessToken, attributes: before } = await signedInUser(harness);
      const { email } = harness.newUser().attributes;

      await harness.identity.updateAttributes({ accessToken, attributes: { email } });

      const { attributes } = await harness.identity.getProfile({ accessToken });
      const isNew = attributes.email === email;
      if (!isNew) expectEqual("the address", attributes.email, before.email);
      expectEqual("email_verified", attributes.email_verified, !isNew);
    },
  ),

  contractCaseWith(
    profile,
    "attributes: show a new address as proven once its code was given",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);
      const { email } = harness.newUser().attributes;
      await harness.identity.updateAttributes({ accessToken, attributes: { email } });
      const code = await codeFor(harness, accessToken);

      await harness.identity.confirmAttribute({ accessToken, attribute: "email", code });

      const { attributes } = await harness.identity.getProfile({ accessToken });
      expectEqual("the address", attributes.email, email);
      expectEqual("email_verified", attributes.email_verified, true);
    },
  ),

  contractCaseWith(
    profile,
    "attributes: do not become an address that is another account's",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);
      const { email } = (await signedInUser(harness)).attributes;

      const outcome = await outcomeOf(
        harness.identity.updateAttributes({ accessToken, attributes: { email } }),
      );

      if (outcome === "alias_taken") return;
      expectEqual("the outcome", outcome, "no error");
      const code = await codeFor(harness, accessToken);
      const proof = harness.identity.confirmAttribute({ accessToken, attribute: "email", code });
      await expectCode(proof, "alias_taken");
    },
  ),

  contractCaseWith(
    profile,
    "attributes: take an address that is another account's as any other, and send a code there",
    async (harness) => {
      const { accessToken, attributes: before } = await signedInUser(harness);
      const taken = (await signedInUser(harness)).attributes.email;
      const update = (email: string) =>
        harness.identity.updateAttributes({ accessToken, attributes: { email } });

      const free = await update(harness.newUser().attributes.email);
      const deliveries = await update(taken);

      const told = (list: typeof free) =>
        list.map(({ attribute, delivery: { medium } }) => `${attribute} by ${medium}`);
      expectEqual("what is told", told(deliveries), told(free));
      const { attributes } = await harness.identity.getProfile({ accessToken });
      expectEqual("the address", attributes.email, before.email);
      const code = await codeFor(harness, accessToken);
      const proof = harness.identity.confirmAttribute({ accessToken, attribute: "email", code });
      await expectCode(proof, "alias_taken");
    },
  ),

  contractCaseWith(
    { needs: ["profile", "sms_mfa"] },
    "attributes: keep an address that a second factor goes to, and say that it does",
    async (harness) => {
      const { accessToken, phoneNumber } = await userWithPhone(harness);
      const deletion = { accessToken, attributes: { phone_number: "" } };
      await harness.identity.setMfa({ accessToken, enabled: ["sms_code"] });

      const refused = harness.identity.updateAttributes(deletion);
      expectFactor(await expectCode(refused, "validation_failed"), "phone_number");

      const { attributes } = await harness.identity.getProfile({ accessToken });
      expectEqual("the number", attributes.phone_number, phoneNumber);
      await harness.identity.setMfa({ accessToken, enabled: [] });
      await harness.identity.updateAttributes(deletion);
    },
  ),

  contractCaseWith(
    { needs: ["profile", "sms_mfa", "administration"] },
    "attributes: keep an address that a second factor goes to from administrators too",
    async (harness) => {
      const { accessToken, username } = await userWithPhone(harness);
      await harness.identity.setMfa({ accessToken, enabled: ["sms_code"] });

      const refused = harness.identity.updateUser({ username, attributes: { phone_number: "" } });

      expectFactor(await expectCode(refused, "validation_failed"), "phone_number");
    },
  ),

  contractCaseWith(
    { ...profile, requires: ["deliveryFaults"] },
    "attributes: are set even if a code could not be sent, and it is said",
    async (harness, { deliveryFaults }) => {
      const { accessToken } = await signedInUser(harness);
      const { email } = harness.newUser().attributes;
      await deliveryFaults.failNext();

      const update = harness.identity.updateAttributes({ accessToken, attributes: { email } });
      await expectCode(update, "delivery_failed");

      const attribute = "email";
      await harness.identity.startAttributeVerification({ accessToken, attribute });
      const code = await codeFor(harness, accessToken);
      await harness.identity.confirmAttribute({ accessToken, attribute, code });
      const { attributes } = await harness.identity.getProfile({ accessToken });
      expectEqual("the address", attributes.email, email);
    },
  ),
];

/** Expects that an attribute is blamed for what a second factor needs it for. */
function expectFactor(error: IdentityError, attribute: string): void {
  expectBlame(error, "attributes", attribute);
  expectEqual("the reason", error.violations[0]?.reason, "second_factor");
}

/** Gives the code that was sent last to a user who may go by another address by now. */
async function codeFor(harness: IdentityProviderHarness, accessToken: string): Promise<string> {
  const { username } = await harness.identity.getProfile({ accessToken });
  return harness.codeFor(username, "attribute_verification");
}
