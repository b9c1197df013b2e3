import { expectCode, expectEqual, expectMasked, expectOneOf } from "../../expectations.ts";
import { expectFailureTold, expectLimit, outcomeOf } from "../../outcomes.ts";
import { contractCaseWith } from "../contract-case.ts";
import { givenUser, signIn, signUp, userWithResetCode } from "../steps/account-steps.ts";
import { expectNoReset } from "../steps/reset-steps.ts";

const purpose = "password_reset";

const recovering = { needs: ["password_recovery"] } as const;

const unconfirmed = { needs: ["sign_up", "password_recovery"] } as const;

/** The cases of `Passwords.startPasswordReset`. */
export const passwordResetRequestCases = [
  contractCaseWith(
    recovering,
    "passwords: takes the old password until the reset is done",
    async (harness) => {
      const user = await userWithResetCode(harness);

      await signIn(harness, user);
    },
  ),

  contractCaseWith(
    recovering,
    "passwords: masks the address that a reset code went to",
    async (harness) => {
      const { username, attributes } = await givenUser(harness);

      const delivery = await harness.identity.startPasswordReset({ username });

      expectMasked(JSON.stringify(delivery ?? {}), attributes.email);
    },
  ),

  contractCaseWith(
    recovering,
    "passwords: says of an unknown user who wants a reset at most that",
    async (harness) => {
      const { username } = harness.newUser();

      const outcome = await outcomeOf(harness.identity.startPasswordReset({ username }));

      expectOneOf("the outcome", outcome, ["user_not_found", "no error"]);
    },
  ),

  contractCaseWith(
    unconfirmed,
    "passwords: resets nothing for a user whose address is not proven",
    async (harness) => {
      const { username } = await signUp(harness);

      await expectNoReset(harness, username);
    },
  ),

  contractCaseWith(
    { ...unconfirmed, requires: ["deliveries"] },
    "passwords: sends no reset code to an address that is not proven",
    async (harness, { deliveries }) => {
      const { username } = await signUp(harness);

      await outcomeOf(harness.identity.startPasswordReset({ username }));

      expectEqual("codes sent", await deliveries.count(username, purpose), 0);
    },
  ),

  contractCaseWith(
    { ...recovering, requires: ["deliveryFaults"] },
    "passwords: says that a reset code could not be sent",
    async (harness, { deliveryFaults }) => {
      const { username } = await givenUser(harness);

      const start = () => harness.identity.startPasswordReset({ username });
      await expectFailureTold(deliveryFaults, start);
    },
  ),

  contractCaseWith(recovering, "passwords: sends only so many reset codes", async (harness) => {
    const { username } = await givenUser(harness);

    await expectLimit(() => harness.identity.startPasswordReset({ username }));
  }),

  contractCaseWith(
    recovering,
    "passwords: makes a reset code worthless by sending a new one",
    async (harness) => {
      const { username, code } = await userWithResetCode(harness);
      const newPassword = harness.newUser().password;
      await harness.identity.startPasswordReset({ username });

      const old = harness.identity.resetPassword({ username, code, newPassword });

      await expectCode(old, "code_mismatch");
    },
  ),
];
