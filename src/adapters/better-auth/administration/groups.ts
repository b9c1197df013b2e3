import { IdentityError } from "../../../domain/errors.ts";
import type { Page, PageRequest } from "../../../domain/page.ts";
import type { User } from "../database/user-rows.ts";
import type { Engine } from "../engine.ts";

/** Cuts one page off of groups. A cursor is the last group of the page before. */
export function pageOfGroups(
  groups: readonly string[],
  { limit, cursor = "" }: PageRequest,
): Page<string> {
  const left = groups.toSorted().filter((group) => group > cursor);
  const items = left.slice(0, limit);
  const last = items.at(-1);
  return { items, ...(last !== undefined && left.length > limit && { cursor: last }) };
}

/** Puts a user into a group, once. */
export function addToGroup(engine: Engine, user: User, group: string): Promise<void> {
  return changeGroups(engine, user, { group, groups: [...without(user, group), group] });
}

/** Takes a user out of a group. */
export function removeFromGroup(engine: Engine, user: User, group: string): Promise<void> {
  return changeGroups(engine, user, { group, groups: without(user, group) });
}

async function changeGroups(
  { users, settings }: Engine,
  user: User,
  { group, groups }: { readonly group: string; readonly groups: readonly string[] },
): Promise<void> {
  if (!settings.groups.includes(group)) throw new IdentityError("group_not_found");
  await users.change(user, { groups });
}

function without({ groups }: User, group: string): readonly string[] {
  return groups.filter((candidate) => candidate !== group);
}
