import type { User } from "../database/user-rows.ts";
import type { BetterAuthSettings } from "../options.ts";

/** The groups that a user is in. Other roles, which Better Auth may have given, are none. */
export function groupsOf(
  { settings }: { readonly settings: Pick<BetterAuthSettings, "groups"> },
  user: User,
): readonly string[] {
  return user.groups.filter((group) => settings.groups.includes(group));
}
