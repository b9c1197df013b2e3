import type { TokenVerifier } from "../../../ports/index.ts";
import { createKeyedLock } from "../../shared/keyed-lock.ts";
import { callTimedOut } from "../call-deadline.ts";
import type { User } from "../database/user-rows.ts";
import { revoked } from "../errors.ts";
import type { Sessions } from "./session-store.ts";
import { unknownUserKey } from "./states.ts";
import type { Users } from "./user-store.ts";

/** The account behind a name that someone gives, whether there is such an account or not. */
export interface Account {
  /** The key that attempts are counted under. */
  readonly key: string;
  readonly user: User | undefined;
}

/** The account of a caller: there is one. */
export interface CallerAccount extends Account {
  readonly user: User;
  readonly sessionId: string;
}

/**
 * The way to an account, one task at a time in this process. Across processes states are replaced atomically, so that
 * nothing depends on it but the number of tries that are lost to each other.
 */
export interface Accounts {
  /** Gives the subject of whoever has a name, with no wait for the account: by its turn somebody else may have it. */
  subjectOf(name: string): Promise<string | undefined>;
  byName<T>(name: string, task: (account: Account) => Promise<T>): Promise<T>;
  bySubject<T>(subject: string, task: (account: Account) => Promise<T>): Promise<T>;
  /**
   * Runs a task on the account that an access token speaks for.
   *
   * @throws {IdentityError} `token_revoked` — the session has ended, or the user is gone or disabled
   * @throws {IdentityError} `invalid_token` `token_expired` — as `TokenVerifier.verify`
   */
  byToken<T>(accessToken: string, task: (account: CallerAccount) => Promise<T>): Promise<T>;
}

/**
 * Gives the same way for a call that may be over before it is its turn: nothing is begun then that its caller was not told
 * of.
 */
export function cancellableAccounts(accounts: Accounts, isOver: () => boolean): Accounts {
  const guarded =
    <From, T>(task: (account: From) => Promise<T>) =>
    (account: From): Promise<T> =>
      isOver() ? Promise.reject(callTimedOut()) : task(account);
  return {
    subjectOf: accounts.subjectOf,
    byName: (name, task) => accounts.byName(name, guarded(task)),
    bySubject: (subject, task) => accounts.bySubject(subject, guarded(task)),
    byToken: (accessToken, task) => accounts.byToken(accessToken, guarded(task)),
  };
}

/** Makes the way to the accounts. */
export function createAccounts(
  users: Users,
  { sessions, verifier }: { readonly sessions: Sessions; readonly verifier: TokenVerifier },
): Accounts {
  const exclusively = createKeyedLock();

  async function bySubject<T>(subject: string, task: (account: Account) => Promise<T>): Promise<T> {
    return exclusively(subject, async () => task({ key: subject, user: await users.get(subject) }));
  }

  const fold = (name: string) => name.normalize("NFC").toLowerCase();
  const findByName = async (name: string) =>
    (await users.findByEmail(fold(name))) ?? (await users.get(name));

  return {
    subjectOf: async (name) => (await findByName(name))?.subject,

    async byName(name, task) {
      const folded = fold(name);
      const find = () => findByName(name);
      const user = await find();
      if (user) return bySubject(user.subject, task);
      return exclusively(folded, async () => {
        // Only once it is our turn: a sign-up may have been at work on it.
        const made = await find();
        return task({ key: made?.subject ?? unknownUserKey(folded), user: made });
      });
    },

    bySubject,

    async byToken(accessToken, task) {
      const principal = await verifier.verify(accessToken);
      const sessionId = principal.kind === "user" ? principal.sessionId : undefined;
      return bySubject(principal.subject, async ({ key, user }) => {
        const isAlive =
          sessionId !== undefined && (await sessions.isAlive(sessionId, principal.subject));
        if (!isAlive || !user?.isEnabled) throw revoked();
        return task({ key, user, sessionId });
      });
    },
  };
}
