import { checkSecret } from "../callers/client-proof.ts";
import { tenantOf } from "../callers/tenants.ts";
import { refresh } from "../sign-in/refresh.ts";
import { required } from "../wire/constraints.ts";
import { clientId, clientSecret, deviceKey, token } from "../wire/members.ts";
import { forTriggers } from "../wire/request-context.ts";
import { openOperation } from "./operation.ts";

/** The operation that trades a refresh token for new tokens. */
export const getTokensFromRefreshTokenOperations = {
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
};
