import { createSessions } from "../../../adapters/memory/sign-in/sessions.ts";
import { inCognitosWords } from "../answers/wording.ts";
import { checkSecret } from "../callers/client-proof.ts";
import { tenantOf } from "../callers/tenants.ts";
import { CognitoException } from "../wire/cognito-exception.ts";
import { choice, required } from "../wire/constraints.ts";
import { clientId, clientSecret, token } from "../wire/members.ts";
import { openOperation } from "./operation.ts";

/** The operation that ends the session of a refresh token. */
export const revokeTokenOperations = {
  RevokeToken: openOperation(
    {
      ClientId: required(clientId),
      Token: required(token),
      ClientSecret: clientSecret,
      RevokeAssociatedSessions: choice("NONE", "LINKED"),
    },
    async (directory, { ClientId, Token: refreshToken, ClientSecret }) => {
      const { client, engine } = tenantOf(directory, ClientId);
      checkSecret(client, ClientSecret);
      if (client.configuration.EnableTokenRevocation === false)
        throw new CognitoException(
          "UnsupportedOperation",
          "Token revocation is not enabled for this client.",
        );
      await inCognitosWords(() => createSessions(engine).signOut({ refreshToken }));
      return {};
    },
  ),
};
