import { createAdministration } from "../../../adapters/memory/administration/administration.ts";
import { createSessions } from "../../../adapters/memory/sign-in/sessions.ts";
import { inCognitosWords } from "../answers/wording.ts";
import { tenantOfToken } from "../callers/token-caller.ts";
import { poolOf } from "../directory/directory.ts";
import { signInNameOf } from "../users/user-names.ts";
import { required } from "../wire/constraints.ts";
import { poolId, token, username } from "../wire/members.ts";
import { openOperation, signedOperation } from "./operation.ts";

/** The operations that end every session of a user. */
export const globalSignOutOperations = {
  GlobalSignOut: openOperation(
    { AccessToken: required(token) },
    async (directory, { AccessToken: accessToken }) => {
      const { engine } = await tenantOfToken(directory, accessToken);
      await inCognitosWords(() => createSessions(engine).signOutEverywhere({ accessToken }));
      return {};
    },
  ),

  AdminUserGlobalSignOut: signedOperation(
    { UserPoolId: required(poolId), Username: required(username) },
    async (directory, { UserPoolId, Username }) => {
      const { engine } = poolOf(directory, UserPoolId);
      const username = signInNameOf(engine, Username);
      await inCognitosWords(() => createAdministration(engine).signOutUser({ username }));
      return {};
    },
  ),
};
