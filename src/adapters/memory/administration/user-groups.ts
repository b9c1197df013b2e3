import type { Page, PageRequest } from "../../../domain/page.ts";
import { invalid } from "../errors.ts";
import type { Groups } from "../users/groups.ts";
import type { User } from "../users/user.ts";
import { pageOf } from "./user-listing.ts";

/** Lists the groups that a user is in, in the order of tokens. */
export function listUserGroups(
  groups: Groups,
  { groupIds }: User,
  { limit, cursor }: PageRequest,
): Page<string> {
  const names = groups.withIds(groupIds).map(({ name }) => name);
  const after = cursor === undefined ? 0 : Number(cursor);
  if (!Number.isSafeInteger(after) || after < 0) throw invalid(["cursor"], "unknown");
  return pageOf(names.slice(after), limit, () => String(after + limit));
}
