import type { Capability } from "../../../domain/capabilities.ts";
import { expectCode } from "../../expectations.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { IdentityProviderHarness } from "../harness.ts";
import { type SignedInUser, signedInUser } from "../steps/account-steps.ts";

/** The operations that an access token opens, each as a call with a token of the user's. */
const operations = {
  getProfile: {
    needs: ["profile"],
    call: ({ identity }, accessToken) => identity.getProfile({ accessToken }),
  },
  deleteAccount: {
    needs: ["profile"],
    call: ({ identity }, accessToken) => identity.deleteAccount({ accessToken }),
  },
  signOutEverywhere: {
    needs: ["sign_out_everywhere"],
    call: ({ identity }, accessToken) => identity.signOutEverywhere({ accessToken }),
  },
  changePassword: {
    needs: ["password_change"],
    call: ({ identity, newUser }, accessToken, { password }) =>
      identity.changePassword({
        accessToken,
        currentPassword: password,
        newPassword: newUser().password,
      }),
  },
  updateAttributes: {
    needs: ["profile"],
    call: ({ identity }, accessToken) =>
      identity.updateAttributes({ accessToken, attributes: { given_name: "Ada" } }),
  },
  startAttributeVerification: {
    needs: ["profile"],
    call: ({ identity }, accessToken) =>
      identity.startAttributeVerification({ accessToken, attribute: "email" }),
  },
  confirmAttribute: {
    needs: ["profile"],
    call: ({ identity }, accessToken) =>
      identity.confirmAttribute({ accessToken, attribute: "email", code: "123456" }),
  },
  getMfa: {
    needs: ["totp_mfa"],
    call: ({ identity }, accessToken) => identity.getMfa({ accessToken }),
  },
  startTotp: {
    needs: ["totp_mfa"],
    call: ({ identity }, accessToken) => identity.startTotp({ accessToken }),
  },
  confirmTotp: {
    needs: ["totp_mfa"],
    call: ({ identity }, accessToken) => identity.confirmTotp({ accessToken, code: "123456" }),
  },
  setMfa: {
    needs: ["totp_mfa"],
    call: ({ identity }, accessToken) => identity.setMfa({ accessToken, enabled: [] }),
  },
  startPasskeyRegistration: {
    needs: ["passkeys"],
    call: ({ identity }, accessToken) => identity.startPasskeyRegistration({ accessToken }),
  },
  listPasskeys: {
    needs: ["passkeys"],
    call: ({ identity }, accessToken) => identity.listPasskeys({ accessToken }),
  },
  deletePasskey: {
    needs: ["passkeys"],
    call: ({ identity }, accessToken) => identity.deletePasskey({ accessToken, id: "invented" }),
  },
  listSessions: {
    needs: ["session_list"],
    call: ({ identity }, accessToken) => identity.listSessions({ accessToken, limit: 20 }),
  },
  endSession: {
    needs: ["session_list"],
    call: ({ identity }, accessToken) =>
      identity.endSession({ accessToken, sessionId: "invented" }),
  },
} satisfies Record<string, AccessTokenCall>;

interface AccessTokenCall {
  readonly needs: readonly Capability[];
  call(harness: IdentityProviderHarness, accessToken: string, user: SignedInUser): Promise<unknown>;
}

/** The cases of every operation that takes an access token. */
export const accessTokenCases = [
  ...casesOf("getProfile"),
  ...casesOf("deleteAccount"),
  ...casesOf("signOutEverywhere"),
  ...casesOf("changePassword"),
  ...casesOf("updateAttributes"),
  ...casesOf("startAttributeVerification"),
  ...casesOf("confirmAttribute"),
  ...casesOf("getMfa"),
  ...casesOf("startTotp"),
  ...casesOf("confirmTotp"),
  ...casesOf("setMfa"),
  ...casesOf("startPasskeyRegistration"),
  ...casesOf("listPasskeys"),
  ...casesOf("deletePasskey"),
  ...casesOf("listSessions"),
  ...casesOf("endSession"),
];

function casesOf<const Name extends keyof typeof operations>(name: Name) {
  const { needs, call }: AccessTokenCall = operations[name];
  return [
    contractCaseWith(
      { needs: [...new Set<Capability>([...needs, "sign_out"])] },
      `access tokens: ${name} refuses a token whose session has ended`,
      async (harness) => {
        const user = await signedInUser(harness);
        await harness.identity.signOut({ refreshToken: user.refreshToken });

        await expectCode(call(harness, user.accessToken, user), "token_revoked");
      },
    ),

    contractCaseWith(
      { needs },
      `access tokens: ${name} refuses a token that nobody signed`,
      async (harness) => {
        const user = await signedInUser(harness);
        const [header = "", payload = "", signature = ""] = user.accessToken.split(".");
        const first = signature.startsWith("A") ? "B" : "A";
        const forged = [header, payload, first + signature.slice(1)].join(".");

        for (const token of ["", "garbage", "a.b.c", forged])
          await expectCode(call(harness, token, user), "invalid_token");
      },
    ),

    contractCaseWith({ needs }, `access tokens: ${name} refuses an ID token`, async (harness) => {
      const user = await signedInUser(harness);

      await expectCode(call(harness, user.idToken, user), "invalid_token");
    }),

    contractCaseWith(
      { needs },
      `access tokens: ${name} refuses a refresh token`,
      async (harness) => {
        const user = await signedInUser(harness);

        await expectCode(call(harness, user.refreshToken, user), "invalid_token");
      },
    ),

    contractCaseWith(
      { needs, requires: ["clock"] },
      `access tokens: ${name} refuses a token past its time`,
      async (harness, { clock }) => {
        const user = await signedInUser(harness);

        await clock.advance(2 * 24 * 60 * 60);

        await expectCode(call(harness, user.accessToken, user), "token_expired");
      },
    ),
  ];
}
