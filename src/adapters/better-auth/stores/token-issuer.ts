import type { TokenSet } from "../../../domain/session.ts";
import { issueUserTokens } from "../../shared/tokens/user-tokens.ts";
import type { Auth } from "../database/auth.ts";
import type { Session } from "../database/session-rows.ts";
import type { User } from "../database/user-rows.ts";
import type { BetterAuthSettings } from "../options.ts";
import { readableAttributes } from "./attributes.ts";
import { groupsOf } from "./user-groups.ts";

/** Issues the tokens of a session, of a user as they are now. */
export type IssueTokens = (user: User, session: Session) => Promise<TokenSet>;

/** Makes an issuer, which signs with a key of the database. */
export function createTokenIssuer(
  { sign }: Pick<Auth, "sign">,
  settings: BetterAuthSettings,
): IssueTokens {
  const { clock, clientId, issuer, tokenSeconds } = settings;
  const terms = { clock, clientId, issuer, accessSeconds: tokenSeconds.access, sign };
  return (user, session) =>
    issueUserTokens(terms, {
      subject: user.subject,
      username: user.subject,
      groups: groupsOf({ settings }, user),
      attributes: readableAttributes(user),
      sessionId: session.id,
      signedInAt: session.createdAt,
    });
}
