import type { Administration } from "../../../ports/index.ts";
import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { contractCaseWith } from "../contract-case.ts";
import {
  confirm,
  expectDeadAccess,
  givenUser,
  signedInUser,
  signIn,
  signUp,
} from "../steps/account-steps.ts";

const administered = { needs: ["administration"] } as const;

/** The cases of `Administration` on users who are there. */
export const administrationCases = [
  contractCaseWith(
    { needs: ["administration", "profile"] },
    "administration: shows a user as they are",
    async (harness) => {
      const { username, attributes, accessToken } = await signedInUser(harness);
      const profile = await harness.identity.getProfile({ accessToken });

      const record = await harness.identity.getUser({ username });

      expectEqual("the subject", record.subject, profile.subject);
      expectEqual("the user name", record.username, profile.username);
      expectEqual("the e-mail address", record.attributes.email, attributes.email);
      expectEqual("email_verified", record.attributes.email_verified, true);
      expectEqual("the status", record.status, "confirmed");
      expectEqual("whether it is enabled", record.enabled, true);
      const { issuedAt } = await harness.tokens.verify(accessToken);
      const age = issuedAt - record.createdAt;
      expectThat("it was created just now, in seconds", age > -300 && age < 300);
      expectThat("it was not updated before", record.updatedAt >= record.createdAt);
    },
  ),

  contractCaseWith(administered, "administration: says who does not exist", async (harness) => {
    const { identity } = harness;
    const { username, password } = harness.newUser();

    for (const call of callsOn(identity, username, password))
      await expectCode(call(), "user_not_found");
  }),

  contractCaseWith(
    { needs: ["administration", "profile"] },
    "administration: sets and deletes attributes",
    async (harness) => {
      const { username, accessToken } = await signedInUser(harness);
      const { identity } = harness;

      await identity.updateUser({ username, attributes: { given_name: "Ada", locale: "en" } });
      await identity.updateUser({ username, attributes: { locale: "" } });

      const { attributes } = await identity.getProfile({ accessToken });
      expectEqual("the name", attributes.given_name, "Ada");
      expectThat("the locale is gone", !("locale" in attributes));
    },
  ),

  contractCaseWith(
    { needs: ["administration", "profile"], requires: ["deliveries"] },
    "administration: vouches for an address, and sends nothing",
    async (harness, { deliveries }) => {
      const { username, accessToken } = await signedInUser(harness);
      const { email } = harness.newUser().attributes;

      const attributes = { email, email_verified: "true" };
      await harness.identity.updateUser({ username, attributes });

      const profile = await harness.identity.getProfile({ accessToken });
      expectEqual("the address", profile.attributes.email, email);
      expectEqual("email_verified", profile.attributes.email_verified, true);
      expectEqual("codes sent", await deliveries.count(email, "attribute_verification"), 0);
    },
  ),

  contractCaseWith(administered, "administration: changes nobody's subject", async (harness) => {
    const { username } = await givenUser(harness);

    const changed = harness.identity.updateUser({ username, attributes: { sub: "chosen" } });

    await expectCode(changed, "attribute_not_writable");
  }),

  contractCaseWith(
    administered,
    "administration: deletes a user with all tokens",
    async (harness) => {
      const user = await signedInUser(harness);
      const { username, password, accessToken, refreshToken } = user;

      await harness.identity.deleteUser({ username });

      await expectCode(harness.identity.getUser({ username }), "user_not_found");
      await expectCode(harness.identity.signIn({ username, password }), "invalid_credentials");
      await expectDeadAccess(harness, accessToken);
      await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
      if (!harness.identity.capabilities.has("sign_up")) return;
      await harness.identity.signUp(user);
      await confirm(harness, user);
    },
  ),

  contractCaseWith(
    { needs: ["administration", "sign_up", "profile"] },
    "administration: confirms a sign-up, and proves no address",
    async (harness) => {
      const user = await signUp(harness);

      await harness.identity.confirmUser({ username: user.username });

      const { accessToken } = await signIn(harness, user);
      const { attributes } = await harness.identity.getProfile({ accessToken });
      expectThat("the address is not proven", attributes.email_verified !== true);
    },
  ),

  contractCaseWith(
    administered,
    "administration: says that there is nothing to confirm",
    async (harness) => {
      const { username } = await givenUser(harness);

      await expectCode(harness.identity.confirmUser({ username }), "already_confirmed");
    },
  ),
];

function callsOn(identity: Administration, username: string, password: string) {
  return [
    () => identity.getUser({ username }),
    () => identity.updateUser({ username, attributes: { given_name: "Ada" } }),
    () => identity.deleteUser({ username }),
    () => identity.confirmUser({ username }),
    () => identity.disableUser({ username }),
    () => identity.enableUser({ username }),
    () => identity.requirePasswordReset({ username }),
    () => identity.setPassword({ username, password, isPermanent: true }),
    () => identity.signOutUser({ username }),
    () => identity.resetMfa({ username }),
  ];
}
