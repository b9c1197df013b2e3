import { createSecondFactors, setMfa } from "../../../adapters/memory/account/second-factors.ts";
import { inCognitosWords, say, type Wording } from "../answers/wording.ts";
import { tenantOfToken } from "../callers/token-caller.ts";
import { poolOf } from "../directory/directory.ts";
import { startSetup, verifySetup } from "../sign-in/mfa-setup.ts";
import { type MfaChoices, mfaChoices, withChoices } from "../users/mfa-settings.ts";
import { signInNameOf } from "../users/user-names.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import { required, text } from "../wire/constraints.ts";
import { poolId, session, token, totpCode, username } from "../wire/members.ts";
import { openOperation, signedOperation } from "./operation.ts";

const tokenOrSession = { AccessToken: token, Session: session };

/** The operations on second factors. */
export const mfaOperations = {
  AssociateSoftwareToken: openOperation(
    tokenOrSession,
    async (directory, { AccessToken: accessToken, Session }) => {
      requireOneOf(accessToken, Session);
      if (accessToken === undefined) return startSetup(directory, Session ?? "");
      const { engine } = await tenantOfToken(directory, accessToken);
      const { secret } = await inCognitosWords(
        () => createSecondFactors(engine).startTotp({ accessToken }),
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
        () => createSecondFactors(engine).confirmTotp({ accessToken, ...app }),
        {
          ...notThere,
          code_mismatch: say("EnableSoftwareTokenMFA", "Code mismatch"),
        },
      );
      return { Status: "SUCCESS" };
    },
  ),

  SetUserMFAPreference: openOperation(
    { AccessToken: required(token), ...mfaChoices },
    async (directory, { AccessToken: accessToken, ...choices }) => {
      const { engine } = await tenantOfToken(directory, accessToken);
      await inCognitosWords(
        () =>
          engine.asCaller(accessToken, async (account) =>
            setMfa(engine, account, withChoices(account.user.mfa, choices)),
          ),
        preferenceWording(choices),
      );
      return {};
    },
  ),

  AdminSetUserMFAPreference: signedOperation(
    { UserPoolId: required(poolId), Username: required(username), ...mfaChoices },
    async (directory, { UserPoolId, Username, ...choices }) => {
      const { engine } = poolOf(directory, UserPoolId);
      await inCognitosWords(
        () =>
          engine.onUser(signInNameOf(engine, Username), async (account) =>
            setMfa(engine, account, withChoices(account.user.mfa, choices)),
          ),
        preferenceWording(choices),
      );
      return {};
    },
  ),
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

function preferenceWording(choices: MfaChoices): Wording {
  return {
    mfa_not_available: () =>
      choices.SoftwareTokenMfaSettings?.Enabled
        ? invalidParameter("User has not verified software token mfa")
        : invalidParameter("User does not have delivery config set to turn on this MFA"),
    validation_failed: () => invalidParameter("Preferred MFA must be enabled."),
  };
}
