import { IdentityError } from "../../../domain/errors.ts";
import type { MemorySettings } from "../settings/settings.ts";
import type { SavePoint } from "../store/save-point.ts";
import { signInNames } from "./sign-in-names.ts";
import type { User } from "./user.ts";

/** The store of users. */
export interface UserStore extends SavePoint {
  /** Gives the key of an account that could be signed in to under a name, whether there is one or not. */
  keyOf(name: string): string;
  /** Finds a user by a name that they can sign in with. */
  find(name: string): User | undefined;
  get(subject: string): User | undefined;
  /** All users, the oldest first. */
  all(): Iterable<User>;
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

/** Makes an empty store. */
export function createUserStore(
  settings: Pick<
    MemorySettings,
    "clock" | "signInModel" | "aliases" | "caseSensitive" | "maxUsers"
  >,
): UserStore {
  const { clock, caseSensitive, maxUsers } = settings;
  let users = new Map<string, User>();
  let subjects = new Map<string, string>();
  let lastSerial = 0;

  // Folding can take a name out of the normal form that it came in.
  const fold = (name: string) => (caseSensitive ? name : name.toLowerCase().normalize("NFC"));

  const namesOf = (user: User) => signInNames(user, settings).map(fold);

  function find(name: string): User | undefined {
    const subject = subjects.get(fold(name));
    return subject === undefined ? undefined : users.get(subject);
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
    get: (subject) => users.get(subject),
    all: () => users.values(),
    put(changed) {
      const before = users.get(changed.subject);
      const serial = before?.serial ?? nextSerial();
      const user = { ...changed, serial, updatedAt: clock.now() };
      const names = namesOf(user);
      const isOthers = (name: string) => (subjects.get(name) ?? user.subject) !== user.subject;
      if (names.some(isOthers)) throw new IdentityError("alias_taken");
      if (!before && users.size >= maxUsers) throw new TooManyUsers(maxUsers);
      if (before) forgetNames(before);
      for (const name of names) subjects.set(name, user.subject);
      users.set(user.subject, user);
      return user;
    },
    remove(user) {
      const stored = users.get(user.subject);
      if (stored) forgetNames(stored);
      users.delete(user.subject);
    },
    save() {
      const saved = { users: new Map(users), subjects: new Map(subjects) };
      return () => {
        users = new Map(saved.users);
        subjects = new Map(saved.subjects);
      };
    },
  };
}
