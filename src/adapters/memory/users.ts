import type { AttributeValues } from "../../domain/user.ts";
import type { Settings } from "./options.ts";
import type { PasswordHash } from "./password-hash.ts";

/** An attribute that a code can be sent to. */
export type Contact = "email" | "phone_number";

/** A user as stored. Never changed, only replaced. */
export interface User {
  readonly subject: string;
  readonly username: string;
  /** What the account's lock and counters go by: the folded name that it was signed up under. */
  readonly key: string;
  readonly attributes: AttributeValues;
  /** The contacts that were proven to be the user's. */
  readonly verified: ReadonlySet<Contact>;
  readonly password: PasswordHash;
  readonly status: "unconfirmed" | "confirmed" | "reset_required";
  readonly isEnabled: boolean;
}

/** Where users are kept. */
export interface UserStore {
  /** Gives what an account goes by that could be signed in to under a name, whether there is one or not. */
  keyOf(name: string): string;
  /** Finds a user by a name that they can sign in with. */
  find(name: string): User | undefined;
  get(subject: string): User | undefined;
  put(user: User): void;
  remove(user: User): void;
}

/** Makes an empty store. */
export function createUserStore({
  signInModel,
  caseSensitive,
}: Pick<Settings, "signInModel" | "caseSensitive">): UserStore {
  const users = new Map<string, User>();
  const subjects = new Map<string, string>();

  // Folding can take a name out of the normal form that it came in.
  const fold = (name: string) => (caseSensitive ? name : name.toLowerCase().normalize("NFC"));

  function signInNames(user: User): readonly string[] {
    return signInModel === "email" ? [user.key, fold(user.subject)] : [user.key];
  }

  function find(name: string): User | undefined {
    const subject = subjects.get(fold(name));
    return subject === undefined ? undefined : users.get(subject);
  }

  return {
    keyOf: (name) => find(name)?.key ?? fold(name),
    find,
    get: (subject) => users.get(subject),
    put(user) {
      users.set(user.subject, user);
      for (const name of signInNames(user)) subjects.set(name, user.subject);
    },
    remove(user) {
      users.delete(user.subject);
      for (const name of signInNames(user)) subjects.delete(name);
    },
  };
}
