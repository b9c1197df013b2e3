import type { Engine } from "../../adapters/memory/engine.ts";

/**
 * Gives a name that the engine finds a user by. Administrators name users by the subject as well, also in pools where
 * nobody signs in with that.
 */
export function signInNameOf({ users }: Engine, name: string): string {
  return users.find(name) ? name : (users.get(name)?.username ?? name);
}
