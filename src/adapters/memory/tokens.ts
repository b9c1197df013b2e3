import { type JWTPayload, SignJWT } from "jose";
import { readableAttributes } from "./attributes.ts";
import type { Client } from "./clients.ts";
import type { Groups } from "./groups.ts";
import { randomUuid } from "./random.ts";
import type { RefreshSession } from "./refresh-sessions.ts";
import type { Settings } from "./settings.ts";
import { type SigningKey, type SigningKeys, signingAlgorithm } from "./signing-keys.ts";
import type { User } from "./users.ts";

/** The one scope of tokens from a sign-in by API. */
const scope = "aws.cognito.signin.user.admin";

/** Access token and ID token of one session. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly idToken: string;
}

/** Issues the tokens of a session, of a user as they are now. */
export type IssueTokens = (
  user: User,
  session: RefreshSession,
  client: Client,
) => Promise<IssuedTokens>;

/**
 * Makes an issuer whose tokens look like Amazon Cognito's.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html
 */
export function createTokenIssuer(
  signingKeys: () => Promise<SigningKeys>,
  groups: Groups,
  { clock, randomBytes, issuer }: Settings,
): IssueTokens {
  return async (user, session, { id: clientId, tokenSeconds }) => {
    const iat = Math.floor(clock.now() / 1000);
    const groupNames = groups.namesOf(user.groupIds);
    const common = () => ({
      sub: user.subject,
      ...(groupNames.length > 0 && { "cognito:groups": groupNames }),
      iss: issuer,
      origin_jti: session.id,
      event_id: session.eventId,
      auth_time: Math.floor(session.signedInAt / 1000),
      iat,
      jti: randomUuid(randomBytes),
    });
    const { access, id } = await signingKeys();
    const [accessToken, idToken] = await Promise.all([
      sign(access, {
        ...common(),
        client_id: clientId,
        token_use: "access",
        scope,
        exp: iat + tokenSeconds.access,
        username: user.username,
      }),
      sign(id, {
        ...readableAttributes(user),
        ...common(),
        aud: clientId,
        token_use: "id",
        exp: iat + tokenSeconds.id,
        "cognito:username": user.username,
      }),
    ]);
    return { accessToken, idToken };
  };
}

function sign({ kid, privateKey }: SigningKey, claims: JWTPayload): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ kid, alg: signingAlgorithm }).sign(privateKey);
}
