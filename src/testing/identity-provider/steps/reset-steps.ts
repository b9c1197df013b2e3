import { expectCode, expectOneOf, expectThat } from "../../expectations.ts";
import { outcomeOf } from "../../outcomes.ts";
import type { IdentityProviderHarness } from "../harness.ts";

/**
 * Expects that a user can set no new password by a code: either that is said, or it is played along, and then no message
 * goes out and no code is taken.
 */
export async function expectNoReset(
  { identity, newUser, codeFor }: IdentityProviderHarness,
  username: string,
): Promise<void> {
  const asked = await outcomeOf(identity.startPasswordReset({ username }));

  expectOneOf("the outcome", asked, ["recovery_unavailable", "no error"]);
  const sent = await codeFor(username, "password_reset").catch(() => undefined);
  expectThat("no reset code is sent", sent === undefined);
  const guess = { username, code: "123456", newPassword: newUser().password };
  await expectCode(identity.resetPassword(guess), "code_expired", "code_mismatch");
}
