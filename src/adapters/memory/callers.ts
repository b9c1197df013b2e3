import { IdentityError } from "../../domain/errors.ts";
import type { TokenVerifier } from "../../ports/index.ts";
import type { Account, Accounts } from "./accounts.ts";
import type { RefreshSessions } from "./refresh-sessions.ts";
import type { User } from "./users.ts";

/** The account of a caller: there is one. */
export interface CallerAccount extends Account {
  readonly user: User;
}

/**
 * Runs a task on the account that an access token speaks for, as {@link Accounts} does.
 *
 * @throws {IdentityError} `token_revoked` — the session has ended, or the user is gone or disabled
 * @throws {IdentityError} `invalid_token` `token_expired` — as `TokenVerifier.verify`
 */
export type AsCaller = <T>(
  accessToken: string,
  task: (account: CallerAccount) => Promise<T>,
) => Promise<T>;

/** Makes the way from access tokens to accounts. */
export function createCallers(
  verifier: TokenVerifier,
  accounts: Accounts,
  sessions: RefreshSessions,
): AsCaller {
  return async (accessToken, task) => {
    const principal = await verifier.verify(accessToken);
    // Only once the account is ours: a sign-out may be at work on it.
    return accounts.bySubject(principal.subject, async ({ key, user }) => {
      const sessionId = principal.kind === "user" ? principal.sessionId : undefined;
      const isAlive = sessionId !== undefined && sessions.isAlive(sessionId);
      if (!isAlive || !user?.isEnabled) {
        throw new IdentityError("token_revoked", { rejection: "revoked" });
      }
      return task({ key, user });
    });
  };
}
