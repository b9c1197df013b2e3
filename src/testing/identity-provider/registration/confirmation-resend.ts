import { expectCode, expectMasked, expectOneOf } from "../../expectations.ts";
import { expectFailureTold, expectLimit, outcomeOf } from "../../outcomes.ts";
import { contractCaseWith } from "../contract-case.ts";
import { confirm, signIn, signUp, signUpAndConfirm } from "../steps/account-steps.ts";

const purpose = "sign_up_confirmation";
const week = 7 * 24 * 60 * 60;

const signingUp = { needs: ["sign_up"] } as const;

/** The cases of `Registration.resendConfirmation`. */
export const confirmationResendCases = [
  contractCaseWith(
    signingUp,
    "registration: confirms with a code that was sent anew",
    async (harness) => {
      const user = await signUp(harness);

      await harness.identity.resendConfirmation({ username: user.username });

      await confirm(harness, user);
      await signIn(harness, user);
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: makes a code worthless by sending a new one",
    async (harness) => {
      const { username } = await signUp(harness);
      const code = await harness.codeFor(username, purpose);
      await harness.identity.resendConfirmation({ username });

      const old = harness.identity.confirmSignUp({ username, code });

      await expectCode(old, "code_mismatch");
    },
  ),

  contractCaseWith(
    { ...signingUp, requires: ["clock"] },
    "registration: sends a new code when the old one is past its time",
    async (harness, { clock }) => {
      const user = await signUp(harness);
      await clock.advance(week);

      await harness.identity.resendConfirmation({ username: user.username });

      await confirm(harness, user);
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: masks the address that a new code went to",
    async (harness) => {
      const { username, attributes } = await signUp(harness);

      const delivery = await harness.identity.resendConfirmation({ username });

      expectMasked(JSON.stringify(delivery ?? {}), attributes.email);
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: sends no new code to a confirmed user",
    async (harness) => {
      const { username } = await signUpAndConfirm(harness);

      await expectCode(harness.identity.resendConfirmation({ username }), "already_confirmed");
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: says of an unknown user who wants a new code at most that",
    async (harness) => {
      const { username } = harness.newUser();

      const outcome = await outcomeOf(harness.identity.resendConfirmation({ username }));

      expectOneOf("the outcome", outcome, ["user_not_found", "no error"]);
    },
  ),

  contractCaseWith(
    { ...signingUp, requires: ["deliveryFaults"] },
    "registration: says that a new code could not be sent",
    async (harness, { deliveryFaults }) => {
      const { username } = await signUp(harness);

      const resend = () => harness.identity.resendConfirmation({ username });
      await expectFailureTold(deliveryFaults, resend);
    },
  ),

  contractCaseWith(signingUp, "registration: sends only so many new codes", async (harness) => {
    const { username } = await signUp(harness);

    await expectLimit(() => harness.identity.resendConfirmation({ username }));
  }),
];
