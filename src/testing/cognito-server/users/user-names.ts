import type { Engine } from "../../../adapters/memory/engine.ts";
import type { User } from "../../../adapters/memory/users/user.ts";
import { IdentityError } from "../../../domain/errors.ts";

/**
 * Finds a user as administrators name them: by any name that the user signs in with, and by the subject also in pools
 * where nobody signs in with that.
 *
 * @throws {IdentityError} `user_not_found` — there is none
 */
export function userNamed({ users }: Engine, name: string): User {
  const user = users.find(name) ?? users.get(name);
  if (!user) throw new IdentityError("user_not_found");
  return user;
}

/** Gives a name that the engine finds a user by whom an administrator names, or the name as it is for want of one. */
export function signInNameOf({ users }: Engine, name: string): string {
  return users.find(name) ? name : (users.get(name)?.username ?? name);
}
