import { setMfa } from "../../../adapters/memory/account/second-factors.ts";
import { inCognitosWords, type Wording } from "../answers/wording.ts";
import { tenantOfToken } from "../callers/token-caller.ts";
import { poolOf } from "../directory/directory.ts";
import { type MfaChoices, mfaChoices, withChoices } from "../users/mfa-settings.ts";
import { signInNameOf } from "../users/user-names.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import { required } from "../wire/constraints.ts";
import { poolId, token, username } from "../wire/members.ts";
import { openOperation, signedOperation } from "./operation.ts";

/** The operations that choose among the second factors of a user. */
export const userMfaPreferenceOperations = {
  SetUserMFAPreference: openOperation(
    { AccessToken: required(token), ...mfaChoices },
    async (directory, { AccessToken: accessToken, ...choices }) => {
      const { engine } = await tenantOfToken(directory, accessToken);
      await inCognitosWords(
        () =>
          engine.onSignedInAccount(accessToken, async (account) =>
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

function preferenceWording(choices: MfaChoices): Wording {
  return {
    mfa_not_available: () =>
      choices.SoftwareTokenMfaSettings?.Enabled
        ? invalidParameter("User has not verified software token mfa")
        : invalidParameter("User does not have delivery config set to turn on this MFA"),
    validation_failed: () => invalidParameter("Preferred MFA must be enabled."),
  };
}
