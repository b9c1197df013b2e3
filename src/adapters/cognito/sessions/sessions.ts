import type { WithClientMetadata } from "../../../domain/client-metadata.ts";
import { IdentityError, isIdentityError } from "../../../domain/errors.ts";
import type { WithCallerAddress } from "../../../domain/ip-address.ts";
import type { Clock, Sessions } from "../../../ports/index.ts";
import { isAboutClientSecret } from "../errors/not-authorized.ts";
import type { AppClient, ClientProof } from "../wire/app-client.ts";
import type { CognitoOutput } from "../wire/transport.ts";
import { type HeldRefreshToken, unwrapRefreshToken } from "./refresh-token.ts";
import { readTokens } from "./token-set.ts";

/**
 * Ways to refresh. The first one works with and without refresh token rotation and needs no user name; the second one
 * is for servers and pools that lack it.
 */
export const refreshFlows = ["GET_TOKENS_FROM_REFRESH_TOKEN", "REFRESH_TOKEN_AUTH"] as const;

/** The settings of sessions. */
export interface SessionSettings {
  readonly refreshFlow: (typeof refreshFlows)[number];
  readonly clock: Clock;
}

/** Makes the facet through which sessions go on and end. */
export function createSessions(
  app: AppClient,
  settings: SessionSettings,
): Pick<Sessions, "refresh" | "signOut" | "signOutEverywhere"> {
  const tokenContext = { clientSecrets: app.clientSecrets, clock: settings.clock };
  return {
    async refresh({ refreshToken, ...along }) {
      const held = await unwrapRefreshToken(refreshToken, app.clientSecrets);
      if (!held) throw new IdentityError("invalid_refresh_token");
      const answer = await (settings.refreshFlow === "REFRESH_TOKEN_AUTH"
        ? refreshByName(app.forOneRequest(along), held, along)
        : refreshByToken(app.forOneRequest(along), held, along));
      return readTokens(answer, tokenContext);
    },

    async signOut({ refreshToken }) {
      const held = await unwrapRefreshToken(refreshToken, app.clientSecrets);
      // A token that works no more, or never did, has been revoked as far as anyone can tell (RFC 7009 section 2.2).
      if (!held) return;
      try {
        await revoke(app, held);
      } catch (error) {
        if (!isIdentityError(error, "invalid_refresh_token")) throw error;
      }
    },

    async signOutEverywhere({ accessToken }) {
      await app.call("signOutEverywhere", "GlobalSignOut", { AccessToken: accessToken });
    },
  };
}

function refreshByToken(
  app: AppClient,
  { token }: HeldRefreshToken,
  { clientMetadata }: WithClientMetadata,
): Promise<CognitoOutput<"GetTokensFromRefreshToken">> {
  return app.callAsClient("refresh", "GetTokensFromRefreshToken", ({ secret }) => ({
    ClientId: app.clientId,
    ClientSecret: secret,
    RefreshToken: token,
    ClientMetadata: clientMetadata,
  }));
}

/**
 * The secret hash is over the name that came with the token. Should it not match, then the secret is wrong if the name
 * is proven to be the token's; otherwise it may as well be the name, which somebody made up.
 */
async function refreshByName(
  app: AppClient,
  { token, username, isProven }: HeldRefreshToken,
  { clientMetadata, ...caller }: WithClientMetadata & WithCallerAddress,
): Promise<CognitoOutput<"InitiateAuth">> {
  const isPublic = app.clientSecrets.length === 0;
  if (!isPublic && username === undefined) {
    throw new IdentityError("invalid_refresh_token");
  }
  try {
    return await app.callAsClient("refresh", "InitiateAuth", async (proof) => ({
      ClientId: app.clientId,
      AuthFlow: "REFRESH_TOKEN_AUTH",
      AuthParameters: { REFRESH_TOKEN: token, ...(await hashOf(username, proof)) },
      ClientMetadata: clientMetadata,
      UserContextData: app.userContext(caller),
    }));
  } catch (error) {
    if (!isIdentityError(error) || !isAboutClientSecret(error.cause)) throw error;
    if (isPublic || (await isProven())) throw error;
    throw new IdentityError("invalid_refresh_token", { cause: error });
  }
}

async function hashOf(username: string | undefined, { hash }: ClientProof) {
  const secretHash = username === undefined ? undefined : await hash(username);
  return secretHash === undefined ? {} : { SECRET_HASH: secretHash };
}

async function revoke(app: AppClient, { token }: HeldRefreshToken): Promise<void> {
  await app.callAsClient("signOut", "RevokeToken", ({ secret }) => ({
    ClientId: app.clientId,
    ClientSecret: secret,
    Token: token,
  }));
}
