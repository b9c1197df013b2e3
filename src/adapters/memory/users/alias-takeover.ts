import type { MemorySettings } from "../settings/settings.ts";
import { signInNames } from "./sign-in-names.ts";
import type { User } from "./user.ts";
import type { UserStore } from "./user-store.ts";

/**
 * Makes room for the aliases of a user: whoever else signs in with one does no longer, and has to prove it anew. Their
 * own write that is under way at the time finds the alias taken.
 */
export function takeAliases(users: UserStore, user: User, settings: MemorySettings): void {
  for (const name of signInNames(user, settings)) {
    const other = users.find(name);
    if (!other || other.subject === user.subject) continue;
    const verified = [...other.verified].filter((contact) => other.attributes[contact] !== name);
    users.put({ ...other, verified: new Set(verified) });
  }
}
