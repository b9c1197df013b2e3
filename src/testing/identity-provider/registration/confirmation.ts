import { expectCode, expectEqual } from "../../expectations.ts";
import { expectLimit } from "../../outcomes.ts";
import { contractCase, contractCaseRequiring } from "../contract-case.ts";
import { confirm, signIn, signUp, signUpAndConfirm, wrongCode } from "../steps/account-steps.ts";

const purpose = "sign_up_confirmation";
const week = 7 * 24 * 60 * 60;

/** What `Registration.confirmSignUp` promises. */
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
];
