import type { Engine } from "../../../adapters/memory/engine.ts";
import { identityOver } from "../../../adapters/memory/identity-provider.ts";
import type { Administration } from "../../../ports/index.ts";
import { required } from "../constraints.ts";
import { forgetStrangers } from "../devices.ts";
import { poolOf } from "../directory.ts";
import { poolId, username } from "../members.ts";
import { type Operation, signedOperation } from "../operation.ts";
import { recoveryWording } from "../recovery-wording.ts";
import { forTriggers } from "../settings/request-context.ts";
import { tellConfirmation } from "../sign-up-triggers.ts";
import { withMessages } from "../triggers/message-trigger.ts";
import { signInNameOf } from "../user-names.ts";
import { inCognitosWords, type Wording } from "../wording.ts";

const onUser = { UserPoolId: required(poolId), Username: required(username) };

/** The operations that change where an account stands, and answer nothing. */
export const adminUserOperations = {
  AdminConfirmSignUp: signedOperation(
    { ...onUser, ...forTriggers },
    async (directory, { UserPoolId, Username }) => {
      const pool = poolOf(directory, UserPoolId);
      const username = signInNameOf(pool.engine, Username);
      await inCognitosWords(() => identityOver(pool.engine).confirmUser({ username }));
      await tellConfirmation(directory, pool, username, { clientId: undefined });
      return {};
    },
  ),
  AdminDisableUser: change((identity, named) => identity.disableUser(named)),
  AdminEnableUser: change((identity, named) => identity.enableUser(named)),
  AdminDeleteUser: change((identity, named) => identity.deleteUser(named)),
  AdminUserGlobalSignOut: change((identity, named) => identity.signOutUser(named)),
  AdminResetUserPassword: change(
    (identity, named) => identity.requirePasswordReset(named),
    (engine, name) => recoveryWording(engine, name),
    forTriggers,
  ),
};

function change(
  task: (identity: Administration, named: { readonly username: string }) => Promise<void>,
  wording: (engine: Engine, name: string) => Wording = () => ({}),
  members: Partial<typeof forTriggers> = {},
): Operation {
  return signedOperation({ ...onUser, ...members }, async (directory, { UserPoolId, Username }) => {
    const pool = poolOf(directory, UserPoolId);
    const engine = withMessages(directory, pool, pool.engine, undefined);
    const name = signInNameOf(engine, Username);
    await inCognitosWords(
      () => task(identityOver(engine), { username: name }),
      wording(engine, name),
    );
    forgetStrangers(pool);
    return {};
  });
}
