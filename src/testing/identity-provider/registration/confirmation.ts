import { expectCode, expectEqual } from "../../expectations.ts";
import { expectLimit } from "../../outcomes.ts";
import { contractCaseWith } from "../contract-case.ts";
import { confirm, signIn, signUp, signUpAndConfirm, wrongCode } from "../steps/account-steps.ts";

const purpose = "sign_up_confirmation";
const week = 7 * 24 * 60 * 60;

const signingUp = { needs: ["sign_up"] } as const;

/** The cases of `Registration.confirmSignUp`. */
export const confirmationCases = [
  contractCaseWith(
    signingUp,
    "registration: lets a user in once the code was given",
    async (harness) => {
      const user = await signUp(harness);

      await confirm(harness, user);

      await signIn(harness, user);
    },
  ),

  contractCaseWith(
    { needs: ["sign_up", "profile"] },
    "registration: takes the code for a proof of the address",
    async (harness) => {
      const user = await signUpAndConfirm(harness);

      const { accessToken } = await signIn(harness, user);
      const profile = await harness.identity.getProfile({ accessToken });

      expectEqual("email_verified", profile.attributes.email_verified, true);
    },
  ),

  contractCaseWith(signingUp, "registration: spends the code on its use", async (harness) => {
    const { username } = await signUp(harness);
    const code = await harness.codeFor(username, purpose);
    await harness.identity.confirmSignUp({ username, code });

    const again = harness.identity.confirmSignUp({ username, code });

    await expectCode(again, "already_confirmed");
  }),

  contractCaseWith(
    signingUp,
    "registration: refuses a wrong code, and takes the right one after",
    async (harness) => {
      const user = await signUp(harness);
      const code = await wrongCode(harness, user.username, purpose);

      const wrong = harness.identity.confirmSignUp({ username: user.username, code });

      await expectCode(wrong, "code_mismatch");
      await confirm(harness, user);
    },
  ),

  contractCaseWith(signingUp, "registration: refuses the code of another user", async (harness) => {
    const { username } = await signUp(harness);
    const other = await signUp(harness);
    const code = await harness.codeFor(other.username, purpose);

    await expectCode(harness.identity.confirmSignUp({ username, code }), "code_mismatch");
  }),

  contractCaseWith(
    signingUp,
    "registration: refuses any code for an unknown user as a wrong one",
    async (harness) => {
      const { username } = harness.newUser();

      const unknown = harness.identity.confirmSignUp({ username, code: "123456" });

      await expectCode(unknown, "code_mismatch");
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: refuses a wrong code for a confirmed user as needless",
    async (harness) => {
      const { username } = await signUpAndConfirm(harness);

      const needless = harness.identity.confirmSignUp({ username, code: "123456" });

      await expectCode(needless, "already_confirmed");
    },
  ),

  contractCaseWith(
    { ...signingUp, requires: ["clock"] },
    "registration: refuses a code that is a week old",
    async (harness, { clock }) => {
      const { username } = await signUp(harness);
      const code = await harness.codeFor(username, purpose);

      await clock.advance(week);

      await expectCode(harness.identity.confirmSignUp({ username, code }), "code_expired");
    },
  ),

  contractCaseWith(
    signingUp,
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
