import type { Engine } from "../../../adapters/memory/engine.ts";
import { signInContact } from "../../../adapters/memory/factors/second-factor-methods.ts";
import type { User } from "../../../adapters/memory/users/user.ts";
import { factorNames } from "../answers/factor-names.ts";
import { inCognitosWords } from "../answers/wording.ts";
import { tenantOfToken } from "../callers/token-caller.ts";
import { poolOf } from "../directory/directory.ts";
import { mfaMembers } from "../users/mfa-settings.ts";
import { userNamed } from "../users/user-names.ts";
import { required } from "../wire/constraints.ts";
import { poolId, token, username } from "../wire/members.ts";
import { openOperation, signedOperation } from "./operation.ts";

const onUser = { UserPoolId: required(poolId), Username: required(username) };

/** The operations that tell of the factors that a user has. */
export const userAuthFactorsOperations = {
  GetUserAuthFactors: openOperation(
    { AccessToken: required(token) },
    async (directory, { AccessToken }) => {
      const { engine } = await tenantOfToken(directory, AccessToken);
      return inCognitosWords(() =>
        engine.onSignedInAccount(AccessToken, async ({ user }) => describeFactors(engine, user)),
      );
    },
  ),

  AdminGetUserAuthFactors: signedOperation(onUser, async (directory, { UserPoolId, Username }) => {
    const { engine } = poolOf(directory, UserPoolId);
    return inCognitosWords(async () => describeFactors(engine, userNamed(engine, Username)));
  }),
};

function describeFactors({ settings }: Engine, user: User): object {
  const factors = [
    "PASSWORD",
    ...(["email_code", "sms_code"] as const)
      .filter((factor) => settings.signInFactors.includes(factor))
      .filter((factor) => signInContact(user, factor, settings) !== undefined)
      .map((factor) => factorNames[factor]),
    ...(user.passkeys.length > 0 ? [factorNames.passkey] : []),
  ];
  return {
    Username: user.username,
    ...mfaMembers(user.mfa),
    ConfiguredUserAuthFactors: factors,
  };
}
