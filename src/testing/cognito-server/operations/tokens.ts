import { tenantOfToken } from "../caller.ts";
import { checkSecret } from "../client-proof.ts";
import { CognitoException } from "../cognito-exception.ts";
import { choice, required } from "../constraints.ts";
import { tenantOf } from "../directory.ts";
import { clientId, clientSecret, deviceKey, token } from "../members.ts";
import { openOperation } from "../operation.ts";
import { refresh } from "../refresh.ts";
import { forTriggers } from "../settings/request-context.ts";
import { inCognitosWords } from "../wording.ts";

/** The operations on refresh tokens, and the one that ends every session. */
export const tokenOperations = {
  GetTokensFromRefreshToken: openOperation(
    {
      ClientId: required(clientId),
      RefreshToken: required(token),
      ClientSecret: clientSecret,
      DeviceKey: deviceKey,
      ...forTriggers,
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
      const { client, identity } = tenantOf(directory, ClientId);
      checkSecret(client, ClientSecret);
      if (client.configuration.EnableTokenRevocation === false)
        throw new CognitoException(
          "UnsupportedOperation",
          "Token revocation is not enabled for this client.",
        );
      await inCognitosWords(() => identity.signOut({ refreshToken }));
      return {};
    },
  ),

  GlobalSignOut: openOperation(
    { AccessToken: required(token) },
    async (directory, { AccessToken: accessToken }) => {
      const { identity } = await tenantOfToken(directory, accessToken);
      await inCognitosWords(() => identity.signOutEverywhere({ accessToken }));
      return {};
    },
  ),
};
