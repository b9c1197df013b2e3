import type { Engine } from "../../../adapters/memory/engine.ts";
import { identityOver } from "../../../adapters/memory/identity-provider.ts";
import type { Administration } from "../../../ports/index.ts";
import { recoveryWording } from "../answers/recovery-wording.ts";
import { inCognitosWords, type Wording } from "../answers/wording.ts";
import { forgetStrangers } from "../devices/devices.ts";
import { poolOf } from "../directory/directory.ts";
import { tellConfirmation } from "../triggers/sign-up-triggers.ts";
import { signInNameOf } from "../users/user-names.ts";
import { required } from "../wire/constraints.ts";
import { poolId, username } from "../wire/members.ts";
import { type Operation, signedOperation } from "./operation.ts";

const onUser = { UserPoolId: required(poolId), Username: required(username) };

/** The operations that change where an account stands, and answer nothing. */
export const adminUserOperations = {
  AdminConfirmSignUp: signedOperation(onUser, async (directory, { UserPoolId, Username }) => {
    const pool = poolOf(directory, UserPoolId);
    const username = signInNameOf(pool.engine, Username);
    await inCognitosWords(() => identityOver(pool.engine).confirmUser({ username }));
    await tellConfirmation(directory, pool, username, { clientId: undefined });
    return {};
  }),
  AdminDisableUser: change((identity, named) => identity.disableUser(named)),
  AdminEnableUser: change((identity, named) => identity.enableUser(named)),
  AdminDeleteUser: change((identity, named) => identity.deleteUser(named)),
  AdminUserGlobalSignOut: change((identity, named) => identity.signOutUser(named)),
  AdminResetUserPassword: change(
    (identity, named) => identity.requirePasswordReset(named),
    (engine, name) => recoveryWording(engine, name),
  ),
};

function change(
  task: (identity: Administration, named: { readonly username: string }) => Promise<void>,
  wording: (engine: Engine, name: string) => Wording = () => ({}),
): Operation {
  return signedOperation(onUser, async (directory, { UserPoolId, Username }) => {
    const pool = poolOf(directory, UserPoolId);
    const { engine } = pool;
    const name = signInNameOf(engine, Username);
    await inCognitosWords(
      () => task(identityOver(engine), { username: name }),
      wording(engine, name),
    );
    forgetStrangers(pool);
    return {};
  });
}
