import { expectBlame, expectCode, expectEqual } from "../../expectations.ts";
import { outcomeOf } from "../../outcomes.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness, NewUser } from "../harness.ts";
import { confirm, otherCode, signIn, signUp, weakPassword } from "../steps/account-steps.ts";

const purpose = "sign_up_confirmation";
const capability = "confirmation_password";
const signingUp = { needs: ["sign_up"] } as const;
const confirming = { needs: ["sign_up", capability] } as const;

/** The cases of `Registration` on sign-ups under an address that somebody else has signed up before. */
export const squatterCases = [
  contractCaseWith(
    confirming,
    "registration: sets the password of whoever confirms, in place of a squatter's",
    async (harness) => {
      const { squatter, owner } = await signUpTwice(harness);
      const password = harness.newUser().password;

      await harness.identity.confirmSignUp({ ...(await proofOf(harness, owner)), password });

      await signIn(harness, { ...owner, password });
      for (const { username, password: other } of [squatter, owner])
        await expectCode(
          harness.identity.signIn({ username, password: other }),
          "invalid_credentials",
        );
    },
  ),

  contractCaseWith(
    confirming,
    "registration: goes by the password of the last sign-up, where none is confirmed with",
    async (harness) => {
      const { squatter, owner } = await signUpTwice(harness);

      await confirm(harness, owner);

      await signIn(harness, owner);
      const { username, password } = squatter;
      await expectCode(harness.identity.signIn({ username, password }), "invalid_credentials");
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: keeps the password of a confirmed user from later sign-ups",
    async (harness) => {
      const user = await signUp(harness);
      await confirm(harness, user);
      const { password } = harness.newUser();

      await expectCode(harness.identity.signUp({ ...user, password }), "username_taken");

      await signIn(harness, user);
    },
  ),

  contractCaseWith(
    confirming,
    "registration: refuses a weak password before it looks at the code, says which member is at fault and leaves the code alive",
    async (harness) => {
      const user = await signUp(harness);
      const { username, code } = await proofOf(harness, user);
      const weak = { username, code: otherCode(code), password: weakPassword };

      for (const proof of [weak, { ...weak, code }]) {
        const refused = harness.identity.confirmSignUp(proof);
        expectBlame(await expectCode(refused, "password_policy_violation"), "password");
      }

      await confirm(harness, user);
      await signIn(harness, user);
    },
  ),

  contractCaseWith(
    confirming,
    "registration: sets no password by a wrong code, or for a confirmed user",
    async (harness) => {
      const user = await signUp(harness);
      const { username, code } = await proofOf(harness, user);
      const { password } = harness.newUser();
      const wrong = { username, code: otherCode(code), password };

      await expectCode(harness.identity.confirmSignUp(wrong), "code_mismatch");
      await confirm(harness, user);
      const again = harness.identity.confirmSignUp({ username, code, password });

      await expectCode(again, "already_confirmed");
      await signIn(harness, user);
    },
  ),

  contractCaseWith(
    signingUp,
    "registration: takes a password with a confirmation where it declares that, and confirms nothing with one elsewhere",
    async (harness) => {
      const user = await signUp(harness);
      const proof = await proofOf(harness, user);
      const isDeclared = harness.identity.capabilities.has(capability);

      const { password } = user;
      const outcome = await outcomeOf(harness.identity.confirmSignUp({ ...proof, password }));

      expectEqual("the outcome", outcome, isDeclared ? "no error" : "not_supported");
      if (!isDeclared) await confirm(harness, user);
      await signIn(harness, user);
    },
  ),
];

/** Signs an address up for somebody else, and then for whoever reads its mail. */
async function signUpTwice(
  harness: IdentityProviderHarness,
): Promise<{ readonly squatter: NewUser; readonly owner: NewUser }> {
  const squatter = await signUp(harness);
  const owner = { ...squatter, password: harness.newUser().password };
  await expectCode(harness.identity.signUp(owner), "username_taken");
  return { squatter, owner };
}

async function proofOf({ codeFor }: IdentityProviderHarness, { username }: NewUser) {
  return { username, code: await codeFor(username, purpose) };
}
