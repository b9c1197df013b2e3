import { createSessions } from "../../../adapters/memory/sign-in/sessions.ts";
import { inCognitosWords } from "../answers/wording.ts";
import { checkSecret } from "../callers/client-proof.ts";
import { tenantOf } from "../callers/tenants.ts";
import { tenantOfToken } from "../callers/token-caller.ts";
import { refresh } from "../sign-in/refresh.ts";
import { CognitoException } from "../wire/cognito-exception.ts";
import { choice, required } from "../wire/constraints.ts";
import { clientId, clientSecret, deviceKey, token } from "../wire/members.ts";
import { openOperation } from "./operation.ts";

/** The operations on refresh tokens, and the one that ends every session. */
export const tokenOperations = {
  GetTokensFromRefreshToken: openOperation(
    {
      ClientId: required(clientId),
      RefreshToken: required(token),
      ClientSecret: clientSecret,
      DeviceKey: deviceKey,
    },
    async (directory, { ClientId, RefreshToken, ClientSecret, DeviceKey }) => {
      const tenant = tenantOf(directory, ClientId, undefined, "RefreshTokens");
      checkSecret(tenant.client, ClientSecret);
      return refresh(tenant, RefreshToken, DeviceKey);
    },
  ),

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

  GlobalSignOut: openOperation(
    { AccessToken: required(token) },
    async (directory, { AccessToken: accessToken }) => {
      const { engine } = await tenantOfToken(directory, accessToken);
      await inCognitosWords(() => createSessions(engine).signOutEverywhere({ accessToken }));
      return {};
    },
  ),
};
