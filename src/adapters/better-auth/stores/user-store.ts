import { IdentityError } from "../../../domain/errors.ts";
import type { Clock } from "../../../ports/index.ts";
import type { Auth } from "../database/auth.ts";
import {
  columnsOf,
  type User,
  type UserChanges,
  type UserRow,
  userOf,
} from "../database/user-rows.ts";
import { readHash } from "./exact-hash.ts";

/** Users and their passwords, in Better Auth's tables. */
export interface Users {
  get(subject: string): Promise<User | undefined>;
  findByEmail(email: string): Promise<User | undefined>;
  /** Gives some of the users after one, in the order of their subjects. */
  listAfter(subject: string, limit: number): Promise<readonly User[]>;
  /** Makes a user. Rejects where the address is taken, by whoever came first. */
  create(user: NewUser): Promise<User>;
  /** @throws {IdentityError} `alias_taken` — someone else has the address, be it only just now */
  change(user: User, changes: UserChanges): Promise<User>;
  /** Deletes a user with all that is theirs. */
  delete(subject: string): Promise<void>;
  /** Gives the hash of a password, marked with the form of what was hashed where that is known. */
  passwordHash(subject: string): Promise<string | undefined>;
  setPasswordHash(subject: string, marked: string): Promise<void>;
  /** Sets a hash in the place of another one, unless that was replaced meanwhile. */
  replacePasswordHash(subject: string, old: string, marked: string): Promise<void>;
}

/** A user to be made. */
export type NewUser = Pick<
  User,
  "email" | "attributes" | "status" | "isEmailVerified" | "isPhoneVerified"
> & {
  readonly passwordHash: string;
};

/** Makes a way to the users in a database. */
export function createUsers({ rows }: Pick<Auth, "rows">, clock: Clock): Users {
  async function findBy(field: string, value: string): Promise<User | undefined> {
    const row = await rows.findOne<UserRow>({ model: "user", where: [{ field, value }] });
    return row ? userOf(row) : undefined;
  }

  async function setPasswordHash(subject: string, marked: string): Promise<void> {
    const now = new Date(clock.now());
    const where = passwordOf(subject);
    const update = { ...hashColumns(marked), updatedAt: now };
    if ((await rows.updateMany({ model: "account", where, update })) > 0) return;
    const ids = { userId: subject, accountId: subject, providerId: "credential" };
    await rows.create({ model: "account", data: { ...ids, ...update, createdAt: now } });
  }

  return {
    get: (subject) => findBy("id", subject),
    findByEmail: (email) => findBy("email", email.toLowerCase()),

    async listAfter(subject, limit) {
      const found = await rows.findMany<UserRow>({
        model: "user",
        where: [{ field: "id", operator: "gt", value: subject }],
        sortBy: { field: "id", direction: "asc" },
        limit,
      });
      return found.map(userOf);
    },

    async create({ passwordHash, ...user }) {
      const now = new Date(clock.now());
      const data = { ...columnsOf(user, user), createdAt: now, updatedAt: now };
      const row = await rows.create<Record<string, unknown>, UserRow>({ model: "user", data });
      await setPasswordHash(row.id, passwordHash);
      return userOf(row);
    },

    async change(user, changes) {
      const updatedAt = new Date(clock.now());
      const update = { ...columnsOf(changes, { ...user, ...changes }), updatedAt };
      try {
        await rows.update({ model: "user", where: [{ field: "id", value: user.subject }], update });
      } catch (cause) {
        const owner = changes.email && (await findBy("email", changes.email.toLowerCase()));
        if (owner && owner.subject !== user.subject)
          throw new IdentityError("alias_taken", { cause });
        throw cause;
      }
      return { ...user, ...changes, updatedAt: updatedAt.getTime() };
    },

    async delete(subject) {
      const where = [{ field: "userId", value: subject }];
      for (const model of ["session", "twoFactor", "account"])
        await rows.deleteMany({ model, where });
      await rows.delete({ model: "user", where: [{ field: "id", value: subject }] });
    },

    async passwordHash(subject) {
      const where = passwordOf(subject);
      const row = await rows.findOne<PasswordRow>({ model: "account", where });
      if (!row?.password) return undefined;
      const marked = row.porticoPassword;
      // Better Auth itself may have set another password, and leaves the mark of the one before.
      return marked && readHash(marked).hash === row.password ? marked : row.password;
    },

    setPasswordHash,

    async replacePasswordHash(subject, old, marked) {
      const where = [...passwordOf(subject), { field: "password", value: readHash(old).hash }];
      const update = { ...hashColumns(marked), updatedAt: new Date(clock.now()) };
      await rows.updateMany({ model: "account", where, update });
    },
  };
}

interface PasswordRow {
  readonly password: string | null;
  readonly porticoPassword: string | null;
}

/** The hash where Better Auth looks for it, and once more with its mark. */
function hashColumns(marked: string) {
  return { password: readHash(marked).hash, porticoPassword: marked };
}

function passwordOf(subject: string) {
  return [
    { field: "userId", value: subject },
    { field: "providerId", value: "credential" },
  ];
}
