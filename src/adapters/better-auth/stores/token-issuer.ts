import type { TokenSet } from "../../../domain/session.ts";
import type { Auth } from "../database/auth.ts";
import type { Session } from "../database/session-rows.ts";
import type { User } from "../database/user-rows.ts";
import type { BetterAuthSettings } from "../options.ts";
import { readableAttributes } from "./attributes.ts";
import { groupsOf } from "./user-groups.ts";

/** Issues the tokens of a session, of a user as they are now. */
export type IssueTokens = (user: User, session: Session) => Promise<TokenSet>;

/** Makes an issuer. The claims are those that our verifier of access tokens asks for. */
export function createTokenIssuer(
  { sign }: Pick<Auth, "sign">,
  settings: BetterAuthSettings,
): IssueTokens {
  const { clock, clientId, issuer, tokenSeconds } = settings;
  return async (user, session) => {
    const groups = groupsOf({ settings }, user);
    const iat = Math.floor(clock.now() / 1000);
    const common = () => ({
      iss: issuer,
      sub: user.subject,
      aud: clientId,
      origin_jti: session.id,
      jti: crypto.randomUUID(),
      auth_time: Math.floor(session.createdAt / 1000),
      iat,
      exp: iat + tokenSeconds.access,
      ...(groups.length > 0 && { "cognito:groups": groups }),
    });
    const [accessToken, idToken] = await Promise.all([
      sign({
        ...common(),
        token_use: "access",
        client_id: clientId,
        username: user.subject,
        scope: "openid",
      }),
      sign({ ...readableAttributes(user), ...common(), token_use: "id" }),
    ]);
    return { accessToken, idToken, tokenType: "Bearer", expiresIn: tokenSeconds.access };
  };
}
