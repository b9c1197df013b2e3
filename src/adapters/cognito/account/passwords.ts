import type { Passwords } from "../../../ports/index.ts";
import { requireDelivery } from "../answers/delivery.ts";
import { createSessionEnds, type SessionEndSettings } from "../sessions/session-ends.ts";
import type { AppClient } from "../wire/app-client.ts";

/** Makes the facet through which passwords are replaced. Cognito itself ends no session then. */
export function createPasswords(app: AppClient, settings: SessionEndSettings): Passwords {
  return {
    async startPasswordReset({ username, clientMetadata, ...caller }) {
      const answer = await app
        .forOneRequest(caller)
        .callAsClient("startPasswordReset", "ForgotPassword", async ({ hash }) => ({
          ClientId: app.clientId,
          ClientMetadata: clientMetadata,
          UserContextData: app.userContext(caller),
          SecretHash: await hash(username),
          Username: username,
        }));
      return requireDelivery(answer.CodeDeliveryDetails);
    },

    async resetPassword({ username, code, newPassword, clientMetadata, ...caller }) {
      const request = app.forOneRequest(caller);
      await request.callAsClient("resetPassword", "ConfirmForgotPassword", async ({ hash }) => ({
        ClientId: app.clientId,
        SecretHash: await hash(username),
        Username: username,
        ConfirmationCode: code,
        Password: newPassword,
        ClientMetadata: clientMetadata,
        UserContextData: app.userContext(caller),
      }));
      return createSessionEnds(request, settings).afterReset(username);
    },

    async changePassword({ accessToken, currentPassword, newPassword }) {
      const request = app.forOneRequest();
      await request.call("changePassword", "ChangePassword", {
        AccessToken: accessToken,
        PreviousPassword: currentPassword,
        ProposedPassword: newPassword,
      });
      return createSessionEnds(request, settings).afterChange(accessToken);
    },
  };
}
