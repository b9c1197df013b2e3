import { expectCode, expectEqual, expectMasked, expectOneOf } from "../../expectations.ts";
import { expectFailureTold, expectLimit, outcomeOf } from "../../outcomes.ts";
import { contractCase, contractCaseRequiring } from "../contract-case.ts";
import { signIn, signUp, signUpAndConfirm, signUpAndStartReset } from "../steps/account-steps.ts";
import { expectNoReset } from "../steps/reset-steps.ts";

const purpose = "password_reset";

/** What `Passwords.startPasswordReset` promises. */
export const passwordResetRequestCases = [
  contractCase("passwords: takes the old password until the reset is done", async (harness) => {
    const user = await signUpAndStartReset(harness);

    await signIn(harness, user);
  }),

  contractCase("passwords: masks the address that a reset code went to", async (harness) => {
    const { username, attributes } = await signUpAndConfirm(harness);

    const delivery = await harness.identity.startPasswordReset({ username });

    expectMasked(JSON.stringify(delivery ?? {}), attributes.email);
  }),

  contractCase(
    "passwords: says of an unknown user who wants a reset at most that",
    async (harness) => {
      const { username } = harness.newUser();

      const outcome = await outcomeOf(harness.identity.startPasswordReset({ username }));

      expectOneOf("the outcome", outcome, ["user_not_found", "no error"]);
    },
  ),

  contractCase(
    "passwords: resets nothing for a user whose address is not proven",
    async (harness) => {
      const { username } = await signUp(harness);

      await expectNoReset(harness, username);
    },
  ),

  contractCaseRequiring(
    ["deliveries"],
    "passwords: sends no reset code to an address that is not proven",
    async (harness, { deliveries }) => {
      const { username } = await signUp(harness);

      await outcomeOf(harness.identity.startPasswordReset({ username }));

      expectEqual("codes sent", await deliveries.count(username, purpose), 0);
    },
  ),

  contractCaseRequiring(
    ["deliveryFaults"],
    "passwords: says that a reset code could not be sent",
    async (harness, { deliveryFaults }) => {
      const { username } = await signUpAndConfirm(harness);

      const start = () => harness.identity.startPasswordReset({ username });
      await expectFailureTold(deliveryFaults, start);
    },
  ),

  contractCase("passwords: sends only so many reset codes", async (harness) => {
    const { username } = await signUpAndConfirm(harness);

    await expectLimit(() => harness.identity.startPasswordReset({ username }));
  }),

  contractCase("passwords: makes a reset code worthless by sending a new one", async (harness) => {
    const { username, code } = await signUpAndStartReset(harness);
    const newPassword = harness.newUser().password;
    await harness.identity.startPasswordReset({ username });

    const old = harness.identity.resetPassword({ username, code, newPassword });

    await expectCode(old, "code_mismatch");
  }),
];
