import { IdentityError } from "../../../domain/errors.ts";
import type { MemorySettings } from "../settings/settings.ts";
import { signInNames } from "./sign-in-names.ts";
import type { User } from "./user.ts";
import type { UserRow } from "./user-index.ts";
import { createUserIndexes, type UserIndexes } from "./user-indexes.ts";
import { type UserFields, userFieldsOf } from "./user-search.ts";

/** The store of users. */
export interface UserStore extends Pick<UserIndexes, "list" | "placeOf" | "hasPasskey" | "save"> {
  /** The number of users. */
  readonly size: number;
  /** Gives the key of an account that could be signed in to under a name, whether there is one or not. */
  keyOf(name: string): string;
  /** Finds a user by a name that they can sign in with. */
  find(name: string): User | undefined;
  get(subject: string): User | undefined;
  /**
   * Stores a user, and that it was changed just now.
   *
   * @throws {IdentityError} `alias_taken` — someone else signs in with one of the user's names
   * @throws {TooManyUsers} there is no room for one more
   */
  put(user: User): User;
  remove(user: User): void;
}

/** There are as many users as were allowed: not a fault of the caller's, and nothing to try again. */
export class TooManyUsers extends Error {
  override readonly name = "TooManyUsers";

  constructor(maxUsers: number) {
    super(`There is no room for more than ${maxUsers} users: raise maxUsers.`);
  }
}

/** Gives the key of an account that there is. */
export function keyOfSubject(subject: string): string {
  return `user ${subject}`;
}

/**
 * Makes an empty store.
 *
 * @param fields - what users can be looked for by
 */
export function createUserStore(
  settings: Pick<
    MemorySettings,
    "clock" | "signInModel" | "aliases" | "caseSensitive" | "maxUsers"
  >,
  fields: UserFields = userFieldsOf(settings),
): UserStore {
  const { clock, caseSensitive, maxUsers } = settings;
  const indexes = createUserIndexes(fields);
  let rows = new Map<string, UserRow>();
  let subjects = new Map<string, string>();
  let lastSerial = 0;

  // Folding can take a name out of the normal form that it came in.
  const fold = (name: string) => (caseSensitive ? name : name.toLowerCase().normalize("NFC"));

  const namesOf = (user: User) => signInNames(user, settings).map(fold);

  function find(name: string): User | undefined {
    const subject = subjects.get(fold(name));
    return subject === undefined ? undefined : rows.get(subject)?.user;
  }

  function nextSerial(): number {
    lastSerial += 1;
    return lastSerial;
  }

  function forgetNames(user: User): void {
    for (const name of namesOf(user)) subjects.delete(name);
  }

  return {
    keyOf(name) {
      const user = find(name);
      return user ? keyOfSubject(user.subject) : `name ${fold(name)}`;
    },
    find,
    get: (subject) => rows.get(subject)?.user,
    get size() {
      return rows.size;
    },
    list: indexes.list,
    placeOf: indexes.placeOf,
    hasPasskey: indexes.hasPasskey,
    put(changed) {
      const known = rows.get(changed.subject);
      const before = known?.user;
      const serial = known?.serial ?? nextSerial();
      const user = { ...changed, serial, updatedAt: clock.now() };
      const names = namesOf(user);
      const isOthers = (name: string) => (subjects.get(name) ?? user.subject) !== user.subject;
      if (names.some(isOthers)) throw new IdentityError("alias_taken");
      if (!known && rows.size >= maxUsers) throw new TooManyUsers(maxUsers);
      if (before) forgetNames(before);
      for (const name of names) subjects.set(name, user.subject);
      const row = known ?? { serial, user };
      row.user = user;
      rows.set(user.subject, row);
      indexes.put(row, before);
      return user;
    },
    remove({ subject }) {
      const row = rows.get(subject);
      if (!row) return;
      forgetNames(row.user);
      rows.delete(subject);
      indexes.remove(row);
    },
    save() {
      const savedRows = [...rows.values()].map((row) => ({ row, user: row.user }));
      const savedSubjects = new Map(subjects);
      const restoreIndexes = indexes.save();
      return () => {
        for (const { row, user } of savedRows) row.user = user;
        rows = new Map(savedRows.map(({ row, user }) => [user.subject, row]));
        subjects = new Map(savedSubjects);
        restoreIndexes();
      };
    },
  };
}
