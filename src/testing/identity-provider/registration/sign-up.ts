import { expectBlame, expectCode, expectEqual, expectMasked } from "../../expectations.ts";
import { expectFailureTold } from "../../outcomes.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness, NewUser } from "../harness.ts";
import {
  confirm,
  signIn,
  signUp,
  signUpAndConfirm,
  weakPassword,
  withOther,
} from "../steps/account-steps.ts";

const signingUp = { needs: ["sign_up"] } as const;

/** The cases of `Registration.signUp`. */
export const signUpCases = [
  contractCaseWith(
    signingUp,
    "registration: signs a user up, who then waits for confirmation",
    async (harness) => {
      const user = harness.newUser();

      const result = await harness.identity.signUp(user);

      expectEqual("the status", result.status, "confirmation_required");
      await expectCode(harness.identity.signIn(user), "user_not_confirmed");
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: masks the address that a code went to",
    async (harness) => {
      const user = harness.newUser();

      const result = await harness.identity.signUp(user);

      expectMasked(JSON.stringify(result), user.attributes.email);
    },
  ),

  contractCaseWith(
    { ...signingUp, requires: ["deliveries"] },
    "registration: sends one code for a sign-up",
    async (harness, { deliveries }) => {
      const { username } = await signUp(harness);

      expectEqual("codes sent", await deliveries.count(username, "sign_up_confirmation"), 1);
    },
  ),

  contractCaseWith(
    { ...signingUp, requires: ["deliveryFaults"] },
    "registration: makes the account even if its code could not be sent, and says so",
    async (harness, { deliveryFaults }) => {
      const user = harness.newUser();

      await expectFailureTold(deliveryFaults, () => harness.identity.signUp(user));

      await harness.identity.resendConfirmation({ username: user.username });
      await confirm(harness, user);
      await signIn(harness, user);
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: refuses a name that waits for confirmation",
    async (harness) => {
      const taken = await signUp(harness);

      await expectCode(signUpAgain(harness, taken), "username_taken");
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: refuses the name of a confirmed user",
    async (harness) => {
      const taken = await signUpAndConfirm(harness);

      await expectCode(signUpAgain(harness, taken), "username_taken");
      await signIn(harness, taken);
    },
  ),

  contractCaseWith(
    { ...signingUp, requires: ["requiredAttribute"] },
    "registration: takes a blank attribute for none that no account can be without",
    async (_harness, { requiredAttribute }) => {
      const { name, value } = requiredAttribute;
      await withOther(requiredAttribute, async ({ identity, newUser }) => {
        const { attributes, ...user } = newUser();
        const blank = { ...user, attributes: { ...attributes, [name]: "" } };

        await expectCode(identity.signUp(blank), "validation_failed");

        await identity.signUp({ ...blank, attributes: { ...attributes, [name]: value } });
      });
    },
  ),

  contractCaseWith(
    { ...signingUp, requires: ["deliveries"] },
    "registration: sends nothing for a refused sign-up",
    async (harness, { deliveries }) => {
      const taken = await signUp(harness);

      await expectCode(signUpAgain(harness, taken), "username_taken");

      const sent = await deliveries.count(taken.username, "sign_up_confirmation");
      expectEqual("codes sent", sent, 1);
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: refuses a weak password and says which member is at fault",
    async (harness) => {
      const weak = harness.identity.signUp({ ...harness.newUser(), password: weakPassword });

      const error = await expectCode(weak, "password_policy_violation");

      expectBlame(error, "password");
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: refuses a user name that it does not take and says which member is at fault",
    async (harness) => {
      const malformed = harness.identity.signUp({ ...harness.newUser(), username: "white space" });

      const error = await expectCode(malformed, "validation_failed");

      expectBlame(error, "username");
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: refuses a malformed e-mail address and says which member is at fault",
    async (harness) => {
      const user = harness.newUser();
      const attributes = { ...user.attributes, email: "no address" };

      const error = await expectCode(
        harness.identity.signUp({ ...user, attributes }),
        "validation_failed",
      );

      expectBlame(error, "attributes", "email");
    },
  ),

  contractCaseWith(signingUp, "registration: lets nobody choose a subject", async (harness) => {
    const user = harness.newUser();
    const attributes = { ...user.attributes, sub: "chosen" };

    await expectCode(harness.identity.signUp({ ...user, attributes }), "attribute_not_writable");
  }),

  contractCaseWith(
    signingUp,
    "registration: lets nobody declare an address proven",
    async (harness) => {
      const user = harness.newUser();
      const attributes = { ...user.attributes, email_verified: "true" };

      await expectCode(harness.identity.signUp({ ...user, attributes }), "attribute_not_writable");
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: refuses a weak password before it looks at whether the name is taken",
    async (harness) => {
      const taken = await signUp(harness);

      const weak = harness.identity.signUp({ ...taken, password: weakPassword });

      await expectCode(weak, "password_policy_violation");
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: refuses an attribute before it looks at whether the name is taken",
    async (harness) => {
      const taken = await signUp(harness);
      const attributes = { ...taken.attributes, email_verified: "true" };

      const forbidden = harness.identity.signUp({ ...taken, attributes });

      await expectCode(forbidden, "attribute_not_writable");
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: makes no account of a refused sign-up",
    async (harness) => {
      const user = harness.newUser();
      const weak = harness.identity.signUp({ ...user, password: weakPassword });
      await expectCode(weak, "password_policy_violation");

      const result = await harness.identity.signUp(user);

      expectEqual("the status", result.status, "confirmation_required");
    },
  ),
];

/** Signs up as someone else would who wants the same name. */
function signUpAgain(harness: IdentityProviderHarness, taken: NewUser) {
  return harness.identity.signUp({ ...taken, password: harness.newUser().password });
}
