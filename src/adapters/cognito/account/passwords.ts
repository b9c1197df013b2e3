import type { Passwords } from "../../../ports/index.ts";
import { requireDelivery } from "../answers/delivery.ts";
import type { AppClient } from "../wire/app-client.ts";

/** Makes the facet through which passwords are replaced. */
export function createPasswords(app: AppClient): Passwords {
  return {
    async startPasswordReset({ username, clientMetadata }) {
      const answer = await app.call("startPasswordReset", "ForgotPassword", {
        ClientId: app.clientId,
        ClientMetadata: clientMetadata,
        SecretHash: await app.secretHash(username),
        Username: username,
      });
      return requireDelivery(answer.CodeDeliveryDetails);
    },

    async resetPassword({ username, code, newPassword, clientMetadata }) {
      await app.call("resetPassword", "ConfirmForgotPassword", {
        ClientId: app.clientId,
        SecretHash: await app.secretHash(username),
        Username: username,
        ConfirmationCode: code,
        Password: newPassword,
        ClientMetadata: clientMetadata,
      });
    },

    async changePassword({ accessToken, currentPassword, newPassword }) {
      await app.call("changePassword", "ChangePassword", {
        AccessToken: accessToken,
        PreviousPassword: currentPassword,
        ProposedPassword: newPassword,
      });
    },
  };
}
