import type { User } from "../database/user-rows.ts";
import type { Settings } from "../options.ts";

/** The groups that a user is in. Other roles, which Better Auth may have given, are none. */
export function groupsOf(
  { settings }: { readonly settings: Pick<Settings, "groups"> },
  user: User,
): readonly string[] {
  return user.groups.filter((group) => settings.groups.includes(group));
}
