import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness, NewUser } from "../harness.ts";
import { signIn, withOther } from "../steps/account-steps.ts";

const approving = { needs: ["sign_up", "administration"] } as const;

/** The cases on providers where every sign-up waits for an administrator. */
export const approvalCases = [
  contractCaseWith(
    { ...approving, requires: ["signUpApproval"] },
    "approval: lets a user in once an administrator has approved",
    (_harness, { signUpApproval }) =>
      withOther(signUpApproval, async (harness) => {
        const user = await signUpAndWait(harness);
        const filter = { field: "status", operator: "equals", value: "approval_required" } as const;
        const waiting = await harness.identity.listUsers({ filter, limit: 60 });
        const emails = waiting.items.map(({ attributes }) => attributes.email);
        expectThat("the user is listed as waiting", emails.includes(user.attributes.email));

        await harness.identity.confirmUser({ username: user.username });

        await signIn(harness, user);
        const { items } = await harness.identity.listUsers({ filter, limit: 60 });
        expectEqual("who is still waiting", items.length, waiting.items.length - 1);
      }),
  ),

  contractCaseWith(
    { ...approving, requires: ["signUpApproval"] },
    "approval: is told to be wanting only to who knows the password",
    (_harness, { signUpApproval }) =>
      withOther(signUpApproval, async (harness) => {
        const { username, password } = await signUpAndWait(harness);

        const wrong = harness.identity.signIn({ username, password: `${password}x` });
        await expectCode(wrong, "invalid_credentials");

        const right = harness.identity.signIn({ username, password });
        await expectCode(right, "user_not_confirmed");
      }),
  ),

  contractCaseWith(
    { ...approving, requires: ["signUpApproval"] },
    "approval: can be denied, which frees the name",
    (_harness, { signUpApproval }) =>
      withOther(signUpApproval, async (harness) => {
        const user = await signUpAndWait(harness);

        await harness.identity.deleteUser({ username: user.username });

        await expectCode(harness.identity.signIn(user), "invalid_credentials");
        const again = await harness.identity.signUp(user);
        expectEqual("the status", again.status, "approval_required");
      }),
  ),

  contractCaseWith(
    { ...approving, requires: ["signUpApproval"] },
    "approval: cannot be had by a code",
    (_harness, { signUpApproval }) =>
      withOther(signUpApproval, async (harness) => {
        const { username } = await signUpAndWait(harness);

        const guessed = harness.identity.confirmSignUp({ username, code: "123456" });

        await expectCode(guessed, "code_expired", "code_mismatch");
        const { status } = await harness.identity.getUser({ username });
        expectEqual("the status", status, "approval_required");
      }),
  ),
];

async function signUpAndWait(harness: IdentityProviderHarness): Promise<NewUser> {
  const isDeclared = harness.identity.capabilities.has("sign_up_approval");
  expectThat("sign_up_approval is declared", isDeclared);
  const user = harness.newUser();
  const { status } = await harness.identity.signUp(user);
  expectEqual("the status", status, "approval_required");
  return user;
}
