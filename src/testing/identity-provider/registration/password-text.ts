import { expectCode } from "../../expectations.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness, NewUser } from "../harness.ts";
import { confirm, signedInUser, signIn } from "../steps/account-steps.ts";

/** Letters that Unicode has compatible or composed forms of: `Ｃ①ﬁé`, of which NFKC makes `C1fié`, and NFD an `e´`. */
const forms = "\uff23\u2460\ufb01\u00e9";

/** The cases on the text of passwords: they are the characters that were set. */
export const passwordTextCases = [
  contractCaseWith(
    { needs: ["sign_up"] },
    "passwords: are those of a sign-up character for character",
    async (harness) => {
      const user = withForms(harness.newUser());
      await harness.identity.signUp(user);
      await confirm(harness, user);

      await expectOnlyOwn(harness, user);
    },
  ),

  contractCaseWith(
    { needs: ["password_change"] },
    "passwords: are those of a change character for character",
    async (harness) => {
      const user = await signedInUser(harness);
      const { accessToken, password: currentPassword } = user;

      const { password } = withForms(harness.newUser());
      await harness.identity.changePassword({
        accessToken,
        currentPassword,
        newPassword: password,
      });
      // The session that it was changed in may have ended with it.
      const again = await expectOnlyOwn(harness, { ...user, password });

      const plain = password.normalize("NFKC");
      await harness.identity.changePassword({
        accessToken: again.accessToken,
        currentPassword: password,
        newPassword: plain,
      });
      const other = harness.identity.signIn({ username: user.username, password });
      await expectCode(other, "invalid_credentials");
      await signIn(harness, { ...user, password: plain });
    },
  ),
];

function withForms(user: NewUser): NewUser {
  return { ...user, password: `${user.password}${forms}` };
}

/** Expects that a password signs in, and no other form of it. Gives the sign-in. */
async function expectOnlyOwn(harness: IdentityProviderHarness, user: NewUser) {
  const { username } = user;
  for (const form of ["NFKC", "NFD"] as const) {
    const password = user.password.normalize(form);
    await expectCode(harness.identity.signIn({ username, password }), "invalid_credentials");
  }
  return signIn(harness, user);
}
