import { decodeJwt } from "jose/jwt/decode";
import type { TokenSet } from "../../../domain/session.ts";
import type { Clock } from "../../../ports/index.ts";
import { isJsonObject, type JsonObject } from "../../shared/json-object.ts";
import { isText, unexpectedAnswer } from "../answers/unexpected-answer.ts";
import type { CognitoOutput } from "../wire/transport.ts";
import { wrapRefreshToken } from "./refresh-token.ts";

/** The answer of the operations that end in tokens; those that cannot end in anything else lack the challenge. */
type AuthAnswer = Partial<CognitoOutput<"InitiateAuth">>;

/** The settings that tokens are read by, besides the answer. */
export interface TokenContext {
  /** The newest first; none of a public client. */
  readonly clientSecrets: readonly string[];
  readonly clock: Clock;
}

/**
 * Reads the tokens out of an answer. A refresh token is wrapped for a client with a secret, which alone needs that.
 *
 * @throws {IdentityError} `provider_unavailable` — the answer holds no tokens that could be used
 */
export async function readTokens(answer: AuthAnswer, context: TokenContext): Promise<TokenSet> {
  const result = answer.AuthenticationResult;
  if (!isJsonObject(result)) throw unexpectedAnswer("AuthenticationResult");
  const { AccessToken: accessToken, IdToken: idToken, RefreshToken: refreshToken } = result;
  if (!isText(accessToken)) throw unexpectedAnswer("AccessToken");
  checkTokenType(result.TokenType);
  return {
    accessToken,
    ...(isText(idToken) && { idToken }),
    ...(isText(refreshToken) && {
      refreshToken: await handOut(refreshToken, accessToken, context.clientSecrets),
    }),
    tokenType: "Bearer",
    expiresIn: readLife(result.ExpiresIn, accessToken, context.clock),
  };
}

function checkTokenType(tokenType: unknown): void {
  if (tokenType === undefined) return;
  // Case does not matter (RFC 6749 section 5.1).
  if (!isText(tokenType) || tokenType.toLowerCase() !== "bearer")
    throw unexpectedAnswer("TokenType");
}

async function handOut(
  refreshToken: string,
  accessToken: string,
  [clientSecret]: readonly string[],
): Promise<string> {
  if (clientSecret === undefined) return refreshToken;
  const { username } = readClaims(accessToken);
  if (!isText(username)) throw unexpectedAnswer("username claim");
  return wrapRefreshToken(refreshToken, username, clientSecret);
}

function readLife(expiresIn: unknown, accessToken: string, clock: Clock): number {
  if (typeof expiresIn === "number" && expiresIn >= 0) return expiresIn;
  const { exp } = readClaims(accessToken);
  if (typeof exp !== "number") throw unexpectedAnswer("ExpiresIn");
  return Math.max(0, Math.floor(exp - clock.now() / 1000));
}

/** The token came from Cognito this moment: there is nothing to verify. */
function readClaims(accessToken: string): JsonObject {
  try {
    return decodeJwt(accessToken);
  } catch {
    throw unexpectedAnswer("AccessToken");
  }
}
