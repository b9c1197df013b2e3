import { createAuthenticatorApps } from "../../../adapters/memory/account/second-factors.ts";
import type { User } from "../../../adapters/memory/users/user.ts";
import { IdentityError } from "../../../domain/errors.ts";
import { inCognitosWords, say, type Wording } from "../answers/wording.ts";
import { tenantOfToken } from "../callers/token-caller.ts";
import { poolOf } from "../directory/directory.ts";
import { startSetup, verifySetup } from "../sign-in/mfa-setup.ts";
import { signInNameOf } from "../users/user-names.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import { required, text } from "../wire/constraints.ts";
import { poolId, session, token, totpCode, username } from "../wire/members.ts";
import { openOperation, signedOperation } from "./operation.ts";

const tokenOrSession = { AccessToken: token, Session: session };
const onUser = { UserPoolId: required(poolId), Username: required(username) };

/** The operations on authenticator apps. */
export const softwareTokenOperations = {
  AssociateSoftwareToken: openOperation(
    tokenOrSession,
    async (directory, { AccessToken: accessToken, Session }) => {
      requireOneOf(accessToken, Session);
      if (accessToken === undefined) return startSetup(directory, Session ?? "");
      const { engine } = await tenantOfToken(directory, accessToken);
      const { secret } = await inCognitosWords(
        () => createAuthenticatorApps(engine).startTotp({ accessToken }),
        notThere,
      );
      return { SecretCode: secret };
    },
  ),

  VerifySoftwareToken: openOperation(
    {
      ...tokenOrSession,
      UserCode: required(totpCode),
      FriendlyDeviceName: text({ max: 131_072 }),
    },
    async (
      directory,
      { AccessToken: accessToken, Session, UserCode: code, FriendlyDeviceName },
    ) => {
      requireOneOf(accessToken, Session);
      const app = { code, ...(FriendlyDeviceName && { deviceName: FriendlyDeviceName }) };
      if (accessToken === undefined) return verifySetup(directory, Session ?? "", app);
      const { engine } = await tenantOfToken(directory, accessToken);
      await inCognitosWords(
        () => createAuthenticatorApps(engine).confirmTotp({ accessToken, ...app }),
        {
          ...notThere,
          code_mismatch: say("EnableSoftwareTokenMFA", "Code mismatch"),
        },
      );
      return { Status: "SUCCESS" };
    },
  ),

  AdminDeleteSoftwareToken: signedOperation(onUser, async (directory, { UserPoolId, Username }) => {
    const { engine } = poolOf(directory, UserPoolId);
    await inCognitosWords(() =>
      engine.onUser(signInNameOf(engine, Username), async ({ user }) => {
        if (user.status === "unconfirmed" || user.status === "approval_required")
          throw new IdentityError("user_not_confirmed");
        engine.users.put(withoutTotp(user));
      }),
    );
    return {};
  }),
};

const notThere: Wording = {
  not_supported: say(
    "SoftwareTokenMFANotFound",
    "Software Token MFA has not been enabled by the userPool.",
  ),
};

function requireOneOf(accessToken: string | undefined, of: string | undefined): void {
  if ((accessToken === undefined) === (of === undefined))
    throw invalidParameter("Exactly one of AccessToken and Session must be provided.");
}

function withoutTotp(user: User): User {
  const { enabled, preferred } = user.mfa;
  const mfa = {
    enabled: enabled.filter((method) => method !== "totp"),
    ...(preferred && preferred !== "totp" && { preferred }),
  };
  return { ...user, mfa, totp: undefined, newTotpSecret: undefined };
}
