import type { TokenSet } from "../../../domain/session.ts";
import type { Clock } from "../../../ports/index.ts";

/** The terms that a provider of ours issues its tokens on. */
export interface TokenTerms {
  readonly clock: Clock;
  readonly issuer: string;
  readonly clientId: string;
  /** The life of access and ID tokens, in seconds. */
  readonly accessSeconds: number;
  /** Signs claims, as a JWT. */
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>;
}

/** Whose tokens they are, as of now, and of which sign-in. */
export interface TokenHolder {
  readonly subject: string;
  readonly username: string;
  readonly groups: readonly string[];
  /** The attributes that the client may read: for the ID token. */
  readonly attributes: Readonly<Record<string, string | boolean>>;
  readonly sessionId: string;
  /** In milliseconds since the epoch. */
  readonly signedInAt: number;
  /** The second that they are dated by at the earliest: after what ended the user's sessions before. @default now */
  readonly since?: number;
}

/** Issues an access and an ID token. The claims are those that our verifier of access tokens asks for. */
export async function issueUserTokens(
  { clock, issuer, clientId, accessSeconds, sign }: TokenTerms,
  { subject, username, groups, attributes, sessionId, signedInAt, since = 0 }: TokenHolder,
): Promise<TokenSet> {
  const iat = Math.max(Math.floor(clock.now() / 1000), since);
  const common = () => ({
    iss: issuer,
    sub: subject,
    aud: clientId,
    origin_jti: sessionId,
    jti: crypto.randomUUID(),
    auth_time: Math.floor(signedInAt / 1000),
    iat,
    exp: iat + accessSeconds,
    ...(groups.length > 0 && { "cognito:groups": groups }),
  });
  const access = { token_use: "access", client_id: clientId, username, scope: "openid" };
  const [accessToken, idToken] = await Promise.all([
    sign({ ...common(), ...access }),
    sign({ ...attributes, ...common(), token_use: "id" }),
  ]);
  return { accessToken, idToken, tokenType: "Bearer", expiresIn: accessSeconds };
}
