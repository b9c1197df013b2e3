import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { contractCaseWith } from "../contract-case.ts";
import { confirm, expectAlive, signedInUser, signIn } from "../steps/account-steps.ts";

const profile = { needs: ["profile"] } as const;

const deleting = { needs: ["sign_up", "profile"] } as const;

/** The cases of `Profiles`. */
export const profileCases = [
  contractCaseWith(
    profile,
    "profiles: tells the subject and the user name that the token tells",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);

      const profile = await harness.identity.getProfile({ accessToken });

      const principal = await harness.tokens.verify(accessToken);
      expectThat("the token speaks for a user", principal.kind === "user");
      expectEqual("the subject", profile.subject, principal.subject);
      expectEqual("the user name", profile.username, principal.username);
    },
  ),

  contractCaseWith(
    profile,
    "profiles: tells the attributes that were given at sign-up",
    async (harness) => {
      const { accessToken, attributes } = await signedInUser(harness);

      const profile = await harness.identity.getProfile({ accessToken });

      for (const [name, value] of Object.entries(attributes))
        expectEqual(name, profile.attributes[name], value);
    },
  ),

  contractCaseWith(
    profile,
    "profiles: tells whether the address is proven as true or false",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);

      const profile = await harness.identity.getProfile({ accessToken });

      expectEqual(
        "the type of email_verified",
        typeof profile.attributes.email_verified,
        "boolean",
      );
    },
  ),

  contractCaseWith(profile, "profiles: tells users apart", async (harness) => {
    const one = await signedInUser(harness);
    const other = await signedInUser(harness);

    const profile = await harness.identity.getProfile({ accessToken: one.accessToken });
    const otherProfile = await harness.identity.getProfile({ accessToken: other.accessToken });

    expectThat("their subjects differ", profile.subject !== otherProfile.subject);
    expectEqual("the e-mail address", profile.attributes.email, one.attributes.email);
  }),

  contractCaseWith(
    profile,
    "profiles: lets nobody sign in to a deleted account",
    async (harness) => {
      const user = await signedInUser(harness);

      await harness.identity.deleteAccount({ accessToken: user.accessToken });

      await expectCode(harness.identity.signIn(user), "invalid_credentials");
    },
  ),

  contractCaseWith(
    profile,
    "profiles: kills every refresh token of a deleted account",
    async (harness) => {
      const user = await signedInUser(harness);
      const sessions = [user, await signIn(harness, user)];

      await harness.identity.deleteAccount({ accessToken: user.accessToken });

      for (const { refreshToken } of sessions)
        await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
    },
  ),

  contractCaseWith(
    profile,
    "profiles: kills every access token of a deleted account, for the provider's operations",
    async (harness) => {
      const user = await signedInUser(harness);
      const sessions = [user, await signIn(harness, user)];

      await harness.identity.deleteAccount({ accessToken: user.accessToken });

      for (const { accessToken } of sessions) {
        await expectCode(harness.identity.getProfile({ accessToken }), "token_revoked");
        await expectCode(harness.identity.deleteAccount({ accessToken }), "token_revoked");
      }
    },
  ),

  contractCaseWith(
    deleting,
    "profiles: frees the name of a deleted account for another subject",
    async (harness) => {
      const user = await signedInUser(harness);
      const { subject } = await harness.identity.getProfile(user);
      await harness.identity.deleteAccount({ accessToken: user.accessToken });

      await harness.identity.signUp(user);
      await confirm(harness, user);

      const { accessToken } = await signIn(harness, user);
      const profile = await harness.identity.getProfile({ accessToken });
      expectThat("the new account has a subject of its own", profile.subject !== subject);
    },
  ),

  contractCaseWith(
    deleting,
    "profiles: brings no token back to life when a deleted name is taken again",
    async (harness) => {
      const user = await signedInUser(harness);
      const { accessToken, refreshToken } = user;
      await harness.identity.deleteAccount({ accessToken });
      await harness.identity.signUp(user);
      await confirm(harness, user);

      await expectCode(harness.identity.getProfile({ accessToken }), "token_revoked");
      await expectCode(harness.identity.refresh({ refreshToken }), "invalid_refresh_token");
    },
  ),

  contractCaseWith(
    profile,
    "profiles: leaves other accounts alone when one is deleted",
    async (harness) => {
      const { accessToken } = await signedInUser(harness);
      const other = await signedInUser(harness);

      await harness.identity.deleteAccount({ accessToken });

      await expectAlive(harness, other);
    },
  ),
];
