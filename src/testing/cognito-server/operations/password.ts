import {
  changePassword,
  resetPassword,
  sendResetCode,
} from "../../../adapters/memory/account/passwords.ts";
import { createAdministration } from "../../../adapters/memory/administration/administration.ts";
import type { Delivery } from "../../../domain/user.ts";
import { deliveryDetails, simulatedDelivery } from "../answers/delivery.ts";
import { recoveryWording } from "../answers/recovery-wording.ts";
import {
  inCognitosWords,
  noLiveCode,
  noSuchUserOfClient,
  type Wording,
  wrongSentCode,
} from "../answers/wording.ts";
import { namedUser, tenantOfNamed } from "../callers/named-user.ts";
import { tenantOfToken } from "../callers/token-caller.ts";
import { poolOf, type Tenant } from "../directory/directory.ts";
import { withMessages } from "../triggers/message-trigger.ts";
import { tellConfirmation } from "../triggers/sign-up-triggers.ts";
import { migrateAtRecovery } from "../triggers/user-migration.ts";
import { signInNameOf } from "../users/user-names.ts";
import { notAuthorized } from "../wire/cognito-exception.ts";
import { flag, required } from "../wire/constraints.ts";
import { confirmationCode, password, poolId, token, username } from "../wire/members.ts";
import { forTriggers } from "../wire/request-context.ts";
import { openOperation, signedOperation } from "./operation.ts";

const onUser = { UserPoolId: required(poolId), Username: required(username) };

/** The operations that set, change and recover passwords. */
export const passwordOperations = {
  ForgotPassword: openOperation(namedUser, async (directory, input) => {
    const tenant = await tenantOfNamed(directory, input);
    await migrateAtRecovery(directory, tenant, input.Username);
    const delivery = await forgotPassword(tenant, input.Username);
    return delivery ? { CodeDeliveryDetails: deliveryDetails(delivery) } : {};
  }),

  ConfirmForgotPassword: openOperation(
    { ...namedUser, ConfirmationCode: required(confirmationCode), Password: required(password) },
    async (directory, input) => {
      const tenant = await tenantOfNamed(directory, input);
      const { Username, ConfirmationCode: code, Password } = input;
      const reset = { username: Username, code, newPassword: Password };
      await inCognitosWords(
        () => resetPassword(tenant.engine, reset, leaveSessions),
        confirmationWording(tenant, Username),
      );
      const { client, pool } = tenant;
      const occasion = "ConfirmForgotPassword";
      await tellConfirmation(directory, pool, Username, { clientId: client.id, occasion });
      return {};
    },
  ),

  ChangePassword: openOperation(
    {
      AccessToken: required(token),
      PreviousPassword: password,
      ProposedPassword: required(password),
    },
    async (directory, { AccessToken: accessToken, PreviousPassword, ProposedPassword }) => {
      const { engine } = await tenantOfToken(directory, accessToken);
      const newPassword = ProposedPassword;
      if (PreviousPassword === undefined) throw notAuthorized("Incorrect username or password.");
      const change = { accessToken, currentPassword: PreviousPassword, newPassword };
      await inCognitosWords(() => changePassword(engine, change, leaveSessions));
      return {};
    },
  ),

  AdminSetUserPassword: signedOperation(
    { ...onUser, Password: required(password), Permanent: flag() },
    async (directory, { UserPoolId, Username, Password, Permanent = false }) => {
      const { engine } = poolOf(directory, UserPoolId);
      const named = { username: signInNameOf(engine, Username) };
      await inCognitosWords(() =>
        createAdministration(engine).setPassword({
          ...named,
          password: Password,
          isPermanent: Permanent,
        }),
      );
      return {};
    },
  ),

  AdminResetUserPassword: signedOperation(
    { ...onUser, ...forTriggers },
    async (directory, { UserPoolId, Username }) => {
      const pool = poolOf(directory, UserPoolId);
      const engine = withMessages(directory, pool, pool.engine, undefined);
      const username = signInNameOf(engine, Username);
      await inCognitosWords(
        () => createAdministration(engine).requirePasswordReset({ username }),
        recoveryWording(engine, username),
      );
      return {};
    },
  ),
};

/** A new password ends no session at Amazon Cognito. */
const leaveSessions = async (): Promise<void> => undefined;

async function forgotPassword(tenant: Tenant, name: string): Promise<Delivery | undefined> {
  const { client, engine, pool } = tenant;
  const mechanisms = pool.configuration.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (mechanisms.some(({ Name }) => Name === "admin_only"))
    throw notAuthorized("Contact administrator to reset password.");
  const isHidden = client.configuration.PreventUserExistenceErrors === "ENABLED";
  return inCognitosWords(
    async () => {
      try {
        return await engine.accounts.byName(name, (account) => sendResetCode(engine, account));
      } catch (error) {
        if (!isHidden) throw error;
        return simulatedDelivery(engine, name, error);
      }
    },
    { ...recoveryWording(engine, name), user_not_found: noSuchUserOfClient },
  );
}

function confirmationWording({ client, engine }: Tenant, name: string): Wording {
  const isHidden = client.configuration.PreventUserExistenceErrors === "ENABLED";
  return {
    code_mismatch: (error, reason) => {
      const isTold = reason === "user_not_found" && !isHidden;
      return (isTold ? noSuchUserOfClient : wrongSentCode)(error, reason);
    },
    code_expired: (error, reason) => {
      const isSimulated = isHidden && engine.users.find(name)?.isEnabled === false;
      return (isSimulated ? wrongSentCode : noLiveCode)(error, reason);
    },
  };
}
