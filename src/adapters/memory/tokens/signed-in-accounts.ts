import { decodeJwt } from "jose/jwt/decode";
import { IdentityError } from "../../../domain/errors.ts";
import type { Principal } from "../../../domain/principal.ts";
import type { TokenVerifier } from "../../../ports/index.ts";
import type { Account, Accounts } from "../users/accounts.ts";
import type { User } from "../users/user.ts";
import type { RefreshSessions } from "./refresh-sessions.ts";

/** An account that there is. */
export interface UserAccount extends Account {
  readonly user: User;
}

/** An account, and the session that the caller is in. */
export interface SignedInAccount extends UserAccount {
  readonly sessionId: string;
}

/**
 * Runs a task on the account that an access token speaks for, as {@link Accounts} does.
 *
 * @throws {IdentityError} `token_revoked` — the session has ended, or the user is gone or disabled
 * @throws {IdentityError} `invalid_token` `token_expired` — as `TokenVerifier.verify`
 */
export type OnSignedInAccount = <T>(
  accessToken: string,
  task: (account: SignedInAccount) => Promise<T>,
) => Promise<T>;

/** Makes the way from access tokens to accounts. */
export function createOnSignedInAccount(
  verifier: TokenVerifier,
  accounts: Accounts,
  sessions: RefreshSessions,
): OnSignedInAccount {
  return async (accessToken, task) => {
    const principal = await verifier.verify(accessToken);
    // Only once the account is ours: a sign-out may be at work on it.
    return accounts.bySubject(principal.subject, async ({ key, user }) => {
      const sessionId = sessionIdOf(principal, accessToken);
      if (sessionId === undefined || !sessions.isAlive(sessionId) || !user?.isEnabled)
        throw new IdentityError("token_revoked", { rejection: "revoked" });
      return task({ key, user, sessionId });
    });
  };
}

/** Tokens that no refresh token can revoke have no `origin_jti`: their event is their session. */
function sessionIdOf(principal: Principal, accessToken: string): string | undefined {
  if (principal.kind !== "user") return undefined;
  if (principal.sessionId !== undefined) return principal.sessionId;
  const { event_id: eventId } = decodeJwt(accessToken);
  return typeof eventId === "string" ? eventId : undefined;
}

/**
 * Runs a task on the account of a user name, as {@link Accounts} does, where there is such a user.
 *
 * @throws {IdentityError} `user_not_found` — there is none
 */
export type OnUser = <T>(
  username: string,
  task: (account: UserAccount) => Promise<T>,
) => Promise<T>;

/** Makes the way from user names to users. */
export function createOnUser(accounts: Accounts): OnUser {
  return (username, task) =>
    accounts.byName(username, async ({ key, user }) => {
      if (!user) throw new IdentityError("user_not_found");
      return task({ key, user });
    });
}
