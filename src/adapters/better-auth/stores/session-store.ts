import { IdentityError } from "../../../domain/errors.ts";
import type { Clock } from "../../../ports/index.ts";
import type { Auth } from "../database/auth.ts";
import { isOpen, type Session, type SessionRow, sessionOf } from "../database/session-rows.ts";
import type { Digest } from "./digest.ts";
import { createSessionListing, type ListSessions } from "./session-listing.ts";

/** Ended sessions are known for what they are for this long. */
const keptAfterEndMs = 30 * 24 * 3600_000;

/**
 * Sessions, in Better Auth's table. A refresh token is Better Auth's session token with a tag that only whoever knows
 * the secret can make, so that nobody can use what they read in the database.
 */
export interface Sessions {
  begin(subject: string): Promise<{ readonly session: Session; readonly refreshToken: string }>;
  /** Gives the session of a refresh token: nothing where it was invented, or the session is over. */
  find(refreshToken: string): Promise<Session | undefined>;
  /** @throws {IdentityError} `invalid_refresh_token` — it has ended meanwhile */
  goOn(session: Session): Promise<void>;
  /** Tells whether access tokens of the session are good for the provider's own operations. */
  isAlive(id: string, subject: string): Promise<boolean>;
  readonly list: ListSessions;
  /** Ends a session of the user, and tells whether there has been one. */
  end(id: string, subject: string): Promise<boolean>;
  endAll(subject: string): Promise<void>;
  /** Ends every session of the user, or every one but one, and gives the ids of those that had not ended. */
  endAllBut(subject: string, keptId: string | undefined): Promise<readonly string[]>;
}

interface Where {
  readonly field: string;
  readonly value: string;
  readonly operator?: "eq" | "ne";
}

/** Makes a way to the sessions in a database. */
export function createSessionStore(
  { rows, createSession }: Pick<Auth, "rows" | "createSession">,
  settings: { readonly clock: Clock; readonly digest: Digest; readonly refreshSeconds: number },
): Sessions {
  const { clock, digest, refreshSeconds } = settings;
  const model = "session";
  const tagged = (token: string) => `refresh token ${token}`;

  async function endWhere(where: Where[]) {
    const update = { porticoEnded: true, expiresAt: new Date(clock.now()) };
    await rows.updateMany({ model, where, update });
  }

  async function sweep(userId: string): Promise<void> {
    const value = new Date(clock.now() - keptAfterEndMs);
    const long = { field: "expiresAt", operator: "lt" as const, value };
    await rows.deleteMany({ model, where: [{ field: "userId", value: userId }, long] });
  }

  return {
    async begin(subject) {
      await sweep(subject);
      const now = clock.now();
      const times = {
        createdAt: new Date(now),
        updatedAt: new Date(now),
        expiresAt: new Date(now + refreshSeconds * 1000),
      };
      const row = await createSession(subject, false, { ...times, porticoEnded: false }, true);
      const session = { id: row.id, subject, createdAt: now, lastActiveAt: now };
      return { session, refreshToken: `${row.token}.${await digest(tagged(row.token))}` };
    },

    async find(refreshToken) {
      const [token = ""] = refreshToken.split(".");
      const own = (await digest.all(tagged(token))).map((tag) => digest(`${token}.${tag}`));
      // Digests, so that the time that it takes says nothing of how much was right.
      if (!(await Promise.all(own)).includes(await digest(refreshToken))) return undefined;
      const row = await rows.findOne<SessionRow>({
        model,
        where: [{ field: "token", value: token }],
      });
      return row && isOpen(row, clock.now()) ? sessionOf(row) : undefined;
    },

    async goOn({ id }) {
      const where = [
        { field: "id", value: id },
        { field: "porticoEnded", value: false },
      ];
      const update = { updatedAt: new Date(clock.now()) };
      const updated = await rows.updateMany({ model, where, update });
      if (updated === 0) throw new IdentityError("invalid_refresh_token");
    },

    async isAlive(id, subject) {
      const row = await rows.findOne<SessionRow>({ model, where: [{ field: "id", value: id }] });
      return row !== null && row.userId === subject && row.porticoEnded !== true;
    },

    list: createSessionListing({ rows }, clock),

    async end(id, subject) {
      const own = [
        { field: "id", value: id },
        { field: "userId", value: subject },
      ];
      const known = await rows.count({ model, where: own });
      await endWhere(own);
      return known > 0;
    },

    async endAll(subject) {
      await endWhere([{ field: "userId", value: subject }]);
    },

    async endAllBut(subject, keptId) {
      const where: Where[] = [{ field: "userId", value: subject }];
      if (keptId !== undefined) where.push({ field: "id", value: keptId, operator: "ne" });
      const found = await rows.findMany<SessionRow>({ model, where });
      await endWhere(where);
      return found.filter(({ porticoEnded }) => porticoEnded !== true).map(({ id }) => id);
    },
  };
}
