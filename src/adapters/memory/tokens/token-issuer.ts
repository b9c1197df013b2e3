import { randomUuid } from "../../shared/random.ts";
import { type SigningKeys, signClaims } from "../credentials/signing-keys.ts";
import type { MemorySettings } from "../settings/settings.ts";
import { readableAttributes } from "../users/attributes.ts";
import type { Group, Groups } from "../users/groups.ts";
import type { User } from "../users/user.ts";
import type { Client } from "./clients.ts";
import type { RefreshSession } from "./refresh-sessions.ts";

/** The one scope of tokens from a sign-in by API. */
const scope = "aws.cognito.signin.user.admin";

/** Access token and ID token of one session. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly idToken: string;
}

type Claims = Readonly<Record<string, unknown>>;

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
  settings: MemorySettings,
): IssueTokens {
  return async (user, session, client) => {
    const { id: clientId, tokenSeconds } = client;
    const memberOf = groups.withIds(user.groupIds);
    const iat = Math.floor(settings.clock.now() / 1000);
    const common = () => ({
      ...commonClaims(user, session, settings),
      ...groupClaims(memberOf),
      iat,
    });
    const claims = {
      access: {
        ...common(),
        client_id: clientId,
        token_use: "access",
        scope,
        exp: iat + tokenSeconds.access,
        username: user.username,
        ...(session.deviceKey !== undefined && { device_key: session.deviceKey }),
      },
      id: {
        ...attributesFor(client, user),
        ...common(),
        ...roleClaims(memberOf),
        aud: clientId,
        token_use: "id",
        exp: iat + tokenSeconds.id,
        "cognito:username": user.username,
      },
    };
    const amended = (await client.amendClaims?.(user, claims)) ?? claims;
    const { access, id } = await signingKeys();
    const [accessToken, idToken] = await Promise.all([
      signClaims(access, amended.access),
      signClaims(id, amended.id),
    ]);
    return { accessToken, idToken };
  };
}

function commonClaims(
  user: User,
  session: RefreshSession,
  { issuer, randomBytes }: MemorySettings,
) {
  const { id, eventId, isRevocable, signedInAt } = session;
  return {
    sub: user.subject,
    iss: issuer,
    ...(isRevocable && { origin_jti: id, jti: randomUuid(randomBytes) }),
    event_id: eventId,
    auth_time: Math.floor(signedInAt / 1000),
  };
}

function groupClaims(memberOf: readonly Group[]): Claims {
  return memberOf.length > 0 ? { "cognito:groups": memberOf.map(({ name }) => name) } : {};
}

/**
 * Names the roles of groups. That of the group which comes first is preferred, unless several come first and do not
 * agree.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html
 */
function roleClaims(memberOf: readonly Group[]): Claims {
  const roles = [...new Set(memberOf.flatMap(({ role }) => role ?? []))];
  if (roles.length === 0) return {};
  const foremost = memberOf.filter(({ precedence }) => precedence === memberOf[0]?.precedence);
  const [preferred, other] = new Set(foremost.flatMap(({ role }) => role ?? []));
  return {
    "cognito:roles": roles,
    ...(preferred !== undefined && other === undefined && { "cognito:preferred_role": preferred }),
  };
}

function attributesFor({ canRead = () => true }: Client, user: User): Claims {
  const entries = Object.entries(readableAttributes(user));
  return Object.fromEntries(entries.filter(([name]) => canRead(name)));
}
