import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { outcomeOf } from "../../outcomes.ts";
import { contractCaseWith } from "../contract-case.ts";
import { sessionTokens, signedInUser, signIn, withOther } from "../steps/account-steps.ts";
import { answer, beginWithPassword, invite } from "../steps/challenge-steps.ts";
import { expectNoReset } from "../steps/reset-steps.ts";

const invited = { needs: ["administration"] } as const;

/** The cases on the first sign-in of a user whom an administrator created. */
export const firstPasswordCases = [
  contractCaseWith(
    invited,
    "first password: takes the place of the temporary one",
    async (harness) => {
      const { username, password } = await invite(harness);
      const newPassword = harness.newUser().password;
      const challenge = await beginWithPassword(harness, { username, password }, "new_password");

      await answer(harness, challenge, { type: "new_password", newPassword, attributes: {} });

      await signIn(harness, { username, password: newPassword });
      await expectCode(harness.identity.signIn({ username, password }), "invalid_credentials");
    },
  ),

  contractCaseWith(
    invited,
    "first password: is asked for again until it was given",
    async (harness) => {
      const user = await invite(harness);
      await beginWithPassword(harness, user, "new_password");

      await beginWithPassword(harness, user, "new_password");
    },
  ),

  contractCaseWith(
    invited,
    "first password: is asked for only of who knows the temporary one",
    async (harness) => {
      const { username, password } = await invite(harness);

      const wrong = harness.identity.signIn({ username, password: `${password}x` });

      await expectCode(wrong, "invalid_credentials");
    },
  ),

  contractCaseWith(
    { needs: ["administration", "password_recovery"] },
    "first password: cannot be set by a reset code in the invitation's stead",
    async (harness) => {
      const user = await invite(harness);

      await expectNoReset(harness, user.username);

      await beginWithPassword(harness, user, "new_password");
    },
  ),

  contractCaseWith(
    { needs: ["administration", "password_change"] },
    "first password: may have a space at an end if any other may",
    async (harness) => {
      const { username, password } = await invite(harness);
      const newPassword = `${harness.newUser().password} `;
      const challenge = await beginWithPassword(harness, { username, password }, "new_password");
      const user = await signedInUser(harness);

      const first = await outcomeOf(
        answer(harness, challenge, { type: "new_password", newPassword, attributes: {} }),
      );

      const changed = await outcomeOf(
        harness.identity.changePassword({
          accessToken: user.accessToken,
          currentPassword: user.password,
          newPassword,
        }),
      );
      expectEqual("what comes of a first one", first, changed);
    },
  ),

  contractCaseWith(
    { ...invited, requires: ["clock"] },
    "first password: can no longer be set when the invitation is years old",
    async (harness, { clock }) => {
      const { username, password } = await invite(harness);

      await clock.advance(2 * 365 * 24 * 60 * 60);

      const wrong = harness.identity.signIn({ username, password: `${password}x` });
      await expectCode(wrong, "invalid_credentials");
      const right = harness.identity.signIn({ username, password });
      await expectCode(right, "temporary_password_expired");
    },
  ),

  contractCaseWith(
    { needs: ["administration", "profile"], requires: ["requiredAttribute"] },
    "first password: comes with the attributes that no account can be without",
    async (_harness, { requiredAttribute }) => {
      const { name, value } = requiredAttribute;
      await withOther(requiredAttribute, async (other) => {
        const user = await invite(other);
        const newPassword = other.newUser().password;
        const challenge = await beginWithPassword(other, user, "new_password");
        expectThat(`${name} is asked for`, challenge.requiredAttributes.includes(name));

        const bare = { type: "new_password", newPassword, attributes: {} } as const;
        await expectCode(answer(other, challenge, bare), "validation_failed");
        const blank = { ...bare, attributes: { [name]: "" } };
        await expectCode(answer(other, challenge, blank), "validation_failed");

        const full = { ...bare, attributes: { [name]: value } };
        const { accessToken } = sessionTokens(await answer(other, challenge, full));
        const { attributes } = await other.identity.getProfile({ accessToken });
        expectEqual(name, attributes[name], value);
      });
    },
  ),
];
