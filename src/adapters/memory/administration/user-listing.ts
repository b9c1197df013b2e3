import type { UserFilter, UserRecord } from "../../../domain/administration.ts";
import type { Page, PageRequest } from "../../../domain/page.ts";
import { readCursor, unknownCursor, writeCursor } from "../../shared/cursor.ts";
import type { Engine } from "../engine.ts";
import { readableAttributes } from "../users/attributes.ts";
import type { User } from "../users/user.ts";
import type { UserPlace, UserSearch } from "../users/user-search.ts";
import type { UserStore } from "../users/user-store.ts";

/** Lists users, as `Administration.listUsers` does, in the order of `UserStore.list`. */
export function listUsers(
  { users }: Pick<Engine, "users">,
  { filter, ...page }: PageRequest & { readonly filter?: UserFilter },
): Page<UserRecord> {
  const { items, ...rest } = pageOfUsers(users, searchOf(filter), page);
  return { items: items.map(recordOf), ...rest };
}

/**
 * Gives a page of the users that a search is of.
 *
 * @throws {IdentityError} `validation_failed` — the cursor is none of this listing's; path `["cursor"]`
 */
export function pageOfUsers(
  users: Pick<UserStore, "list" | "placeOf">,
  search: UserSearch,
  { limit, cursor }: PageRequest,
): Page<User> {
  const after = cursor === undefined ? undefined : placeAt(cursor, search);
  return pageOf(users.list(search, after), limit, (last) =>
    cursorAt(users.placeOf(last, search), search),
  );
}

/** Cuts the first page off of what is left of a listing, and takes no more of it than that needs. */
export function pageOf<Item>(
  left: Iterable<Item>,
  limit: number,
  cursorAfter: (item: Item) => string,
): Page<Item> {
  const items: Item[] = [];
  for (const item of left) {
    const last = items.at(-1);
    if (last !== undefined && items.length >= limit) return { items, cursor: cursorAfter(last) };
    items.push(item);
  }
  return { items };
}

/** Tells of a user what an administrator may see. */
export function recordOf(user: User): UserRecord {
  const { subject, username, status, isEnabled, createdAt, updatedAt, mfa } = user;
  return {
    subject,
    username,
    attributes: readableAttributes(user),
    status,
    enabled: isEnabled,
    createdAt: Math.floor(createdAt / 1000),
    updatedAt: Math.floor(updatedAt / 1000),
    mfa: mfa.enabled,
  };
}

function searchOf(filter: UserFilter | undefined): UserSearch {
  return filter ? { ...filter, kind: "field" } : { kind: "all" };
}

/** A cursor is of one listing only: it says which. */
function cursorAt({ serial, key }: UserPlace, search: UserSearch): string {
  return writeCursor([serial, describe(search), key]);
}

function placeAt(cursor: string, search: UserSearch): UserPlace {
  const [serial, described, key] = readCursor(cursor);
  if (!Number.isSafeInteger(serial) || typeof key !== "string" || described !== describe(search))
    throw unknownCursor();
  return { serial: Number(serial), key };
}

function describe(search: UserSearch): string {
  switch (search.kind) {
    case "all":
      return "";
    case "group":
      return `in ${search.groupId}`;
    case "field":
      return `${search.field} ${search.operator} ${search.value}`;
  }
}
