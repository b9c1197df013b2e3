import { createAdministration } from "../../../adapters/memory/administration/administration.ts";
import type { Engine } from "../../../adapters/memory/engine.ts";
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
    await inCognitosWords(() => createAdministration(pool.engine).confirmUser({ username }));
    await tellConfirmation(directory, pool, username, { clientId: undefined });
    return {};
  }),
  AdminDisableUser: change((administration, named) => administration.disableUser(named)),
  AdminEnableUser: change((administration, named) => administration.enableUser(named)),
  AdminDeleteUser: change((administration, named) => administration.deleteUser(named)),
  AdminUserGlobalSignOut: change((administration, named) => administration.signOutUser(named)),
  AdminResetUserPassword: change(
    (administration, named) => administration.requirePasswordReset(named),
    (engine, name) => recoveryWording(engine, name),
  ),
};

function change(
  task: (administration: Administration, named: { readonly username: string }) => Promise<void>,
  wording: (engine: Engine, name: string) => Wording = () => ({}),
): Operation {
  return signedOperation(onUser, async (directory, { UserPoolId, Username }) => {
    const pool = poolOf(directory, UserPoolId);
    const { engine } = pool;
    const name = signInNameOf(engine, Username);
    await inCognitosWords(
      () => task(createAdministration(engine), { username: name }),
      wording(engine, name),
    );
    forgetStrangers(pool);
    return {};
  });
}
