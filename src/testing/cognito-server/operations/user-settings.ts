import { setMfa } from "../../../adapters/memory/account/second-factors.ts";
import type { Engine } from "../../../adapters/memory/engine.ts";
import type { UserAccount } from "../../../adapters/memory/tokens/signed-in-accounts.ts";
import { inCognitosWords, type Wording } from "../answers/wording.ts";
import { tenantOfToken } from "../callers/token-caller.ts";
import { poolOf } from "../directory/directory.ts";
import { type MfaOptions, mfaOptions, withSmsOption } from "../users/mfa-settings.ts";
import { signInNameOf } from "../users/user-names.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import { required } from "../wire/constraints.ts";
import { poolId, token, username } from "../wire/members.ts";
import { openOperation, signedOperation } from "./operation.ts";

/**
 * The operations that switch codes by text message on and off, as it was done before there were other second factors:
 * `amazon-cognito-identity-js` still does.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SetUserSettings.html
 */
export const userSettingsOperations = {
  SetUserSettings: openOperation(
    { AccessToken: required(token), MFAOptions: required(mfaOptions) },
    async (directory, { AccessToken, MFAOptions }) => {
      const { engine } = await tenantOfToken(directory, AccessToken);
      await inCognitosWords(
        () =>
          engine.onSignedInAccount(AccessToken, async (account) =>
            change(engine, account, MFAOptions),
          ),
        wording,
      );
      return {};
    },
  ),

  AdminSetUserSettings: signedOperation(
    {
      UserPoolId: required(poolId),
      Username: required(username),
      MFAOptions: required(mfaOptions),
    },
    async (directory, { UserPoolId, Username, MFAOptions }) => {
      const { engine } = poolOf(directory, UserPoolId);
      const name = signInNameOf(engine, Username);
      await inCognitosWords(
        () => engine.onUser(name, async (account) => change(engine, account, MFAOptions)),
        wording,
      );
      return {};
    },
  ),
};

function change(engine: Engine, account: UserAccount, options: MfaOptions): void {
  setMfa(engine, account, withSmsOption(account.user.mfa, options));
}

const wording: Wording = {
  mfa_not_available: () =>
    invalidParameter("User does not have delivery config set to turn on this MFA"),
};
