import { contractCase, contractCaseRequiring } from "../contract-case.ts";
import { expectCode, expectEqual, expectMasked, expectOneOf } from "../expectations.ts";
import { expectLimit, outcomeOf } from "../outcomes.ts";
import { confirm, signIn, signUp, signUpAndConfirm, wrongCode } from "../steps.ts";

const purpose = "sign_up_confirmation";
const week = 7 * 24 * 60 * 60;

/** What `Registration.confirmSignUp` and `Registration.resendConfirmation` promise. */
export const confirmationCases = [
  contractCase("registration: lets a user in once the code was given", async (harness) => {
    const user = await signUp(harness);

    await confirm(harness, user);

    await signIn(harness, user);
  }),

  contractCase("registration: takes the code for a proof of the address", async (harness) => {
    const user = await signUpAndConfirm(harness);

    const { accessToken } = await signIn(harness, user);
    const profile = await harness.identity.getProfile({ accessToken });

    expectEqual("email_verified", profile.attributes.email_verified, true);
  }),

  contractCase("registration: spends the code on its use", async (harness) => {
    const { username } = await signUp(harness);
    const code = await harness.codeFor(username, purpose);
    await harness.identity.confirmSignUp({ username, code });

    const again = harness.identity.confirmSignUp({ username, code });

    await expectCode(again, "already_confirmed");
  }),

  contractCase(
    "registration: refuses a wrong code, and takes the right one after",
    async (harness) => {
      const user = await signUp(harness);
      const code = await wrongCode(harness, user.username, purpose);

      const wrong = harness.identity.confirmSignUp({ username: user.username, code });

      await expectCode(wrong, "code_mismatch");
      await confirm(harness, user);
    },
  ),

  contractCase("registration: refuses the code of another user", async (harness) => {
    const { username } = await signUp(harness);
    const other = await signUp(harness);
    const code = await harness.codeFor(other.username, purpose);

    await expectCode(harness.identity.confirmSignUp({ username, code }), "code_mismatch");
  }),

  contractCase(
    "registration: refuses any code for an unknown user as a wrong one",
    async (harness) => {
      const { username } = harness.newUser();

      const unknown = harness.identity.confirmSignUp({ username, code: "123456" });

      await expectCode(unknown, "code_mismatch");
    },
  ),

  contractCase(
    "registration: refuses a wrong code for a confirmed user as needless",
    async (harness) => {
      const { username } = await signUpAndConfirm(harness);

      const needless = harness.identity.confirmSignUp({ username, code: "123456" });

      await expectCode(needless, "already_confirmed");
    },
  ),

  contractCaseRequiring(
    ["clock"],
    "registration: refuses a code that is a week old",
    async (harness, { clock }) => {
      const { username } = await signUp(harness);
      const code = await harness.codeFor(username, purpose);

      await clock.advance(week);

      await expectCode(harness.identity.confirmSignUp({ username, code }), "code_expired");
    },
  ),

  contractCase(
    "registration: refuses even the right code after too many wrong ones",
    async (harness) => {
      const { username } = await signUp(harness);
      const code = await harness.codeFor(username, purpose);
      const wrong = await wrongCode(harness, username, purpose);
      await expectLimit(() => harness.identity.confirmSignUp({ username, code: wrong }));

      const right = harness.identity.confirmSignUp({ username, code });

      await expectCode(right, "too_many_attempts");
    },
  ),

  contractCase("registration: confirms with a code that was sent anew", async (harness) => {
    const user = await signUp(harness);

    await harness.identity.resendConfirmation({ username: user.username });

    await confirm(harness, user);
    await signIn(harness, user);
  }),

  contractCase("registration: makes a code worthless by sending a new one", async (harness) => {
    const { username } = await signUp(harness);
    const code = await harness.codeFor(username, purpose);
    await harness.identity.resendConfirmation({ username });

    const old = harness.identity.confirmSignUp({ username, code });

    await expectCode(old, "code_mismatch");
  }),

  contractCaseRequiring(
    ["clock"],
    "registration: sends a new code when the old one is past its time",
    async (harness, { clock }) => {
      const user = await signUp(harness);
      await clock.advance(week);

      await harness.identity.resendConfirmation({ username: user.username });

      await confirm(harness, user);
    },
  ),

  contractCase("registration: masks the address that a new code went to", async (harness) => {
    const { username, attributes } = await signUp(harness);

    const delivery = await harness.identity.resendConfirmation({ username });

    expectMasked(JSON.stringify(delivery ?? {}), attributes.email);
  }),

  contractCase("registration: sends no new code to a confirmed user", async (harness) => {
    const { username } = await signUpAndConfirm(harness);

    await expectCode(harness.identity.resendConfirmation({ username }), "already_confirmed");
  }),

  contractCase(
    "registration: says of an unknown user who wants a new code at most that",
    async (harness) => {
      const { username } = harness.newUser();

      const outcome = await outcomeOf(harness.identity.resendConfirmation({ username }));

      expectOneOf("the outcome", outcome, ["user_not_found", "no error"]);
    },
  ),

  contractCaseRequiring(
    ["deliveryFaults"],
    "registration: says that a new code could not be sent",
    async (harness, { deliveryFaults }) => {
      const { username } = await signUp(harness);
      await deliveryFaults.failNext();

      await expectCode(harness.identity.resendConfirmation({ username }), "delivery_failed");
    },
  ),

  contractCase("registration: sends only so many new codes", async (harness) => {
    const { username } = await signUp(harness);

    await expectLimit(() => harness.identity.resendConfirmation({ username }));
  }),
];
