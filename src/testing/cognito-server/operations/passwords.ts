import type { Delivery } from "../../../domain/user.ts";
import { tenantOfToken } from "../caller.ts";
import { notAuthorized } from "../cognito-exception.ts";
import { required } from "../constraints.ts";
import { deliveryDetails, playedDelivery } from "../delivery.ts";
import type { Tenant } from "../directory.ts";
import { confirmationCode, password, token } from "../members.ts";
import { namedUser, tenantOfNamed } from "../named-user.ts";
import { openOperation } from "../operation.ts";
import { recoveryWording } from "../recovery-wording.ts";
import { tellConfirmation } from "../sign-up-triggers.ts";
import { migrateAtRecovery } from "../triggers/user-migration.ts";
import {
  inCognitosWords,
  noLiveCode,
  noSuchUserOfClient,
  type Wording,
  wrongSentCode,
} from "../wording.ts";

/** The operations with which users replace their passwords. */
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
        () => tenant.identity.resetPassword(reset),
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
      const { identity } = await tenantOfToken(directory, accessToken);
      const newPassword = ProposedPassword;
      if (PreviousPassword === undefined) throw notAuthorized("Incorrect username or password.");
      const change = { accessToken, currentPassword: PreviousPassword, newPassword };
      await inCognitosWords(() => identity.changePassword(change));
      return {};
    },
  ),
};

async function forgotPassword(tenant: Tenant, name: string): Promise<Delivery | undefined> {
  const { client, engine, identity, pool } = tenant;
  const mechanisms = pool.configuration.AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (mechanisms.some(({ Name }) => Name === "admin_only"))
    throw notAuthorized("Contact administrator to reset password.");
  const isHidden = client.configuration.PreventUserExistenceErrors === "ENABLED";
  return inCognitosWords(
    async () => {
      try {
        return await identity.startPasswordReset({ username: name });
      } catch (error) {
        if (!isHidden) throw error;
        return playedDelivery(engine, name, error);
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
      const isPlayed = isHidden && engine.users.find(name)?.isEnabled === false;
      return (isPlayed ? wrongSentCode : noLiveCode)(error, reason);
    },
  };
}
