import type { UserFilter, UserRecord } from "../../../domain/administration.ts";
import type { Page, PageRequest } from "../../../domain/page.ts";
import { readCursor, unknownCursor, writeCursor } from "../../shared/cursor.ts";
import { profileOf } from "../account/profiles.ts";
import type { User } from "../database/user-rows.ts";
import type { Engine } from "../engine.ts";

/** The number of users that one call looks at, at the most: a page can be empty and not the last. */
const maxScanned = 1000;
const batch = 100;

/** Lists users, as `Administration.listUsers` does, in the order of their subjects. */
export async function listUsers(
  engine: Engine,
  { filter, limit, cursor }: PageRequest & { readonly filter?: UserFilter },
): Promise<Page<UserRecord>> {
  let after = cursor === undefined ? "" : subjectIn(cursor, filter);
  const lookup = filter && lookupOf(engine, filter);
  if (lookup) {
    const user = await lookup();
    return { items: user && user.subject > after ? [recordOf(user)] : [] };
  }
  const items: UserRecord[] = [];
  for (let scanned = 0; scanned < maxScanned; scanned += batch) {
    const users = await engine.users.listAfter(after, batch);
    for (const user of users) {
      if (items.length === limit) return { items, cursor: cursorAfter(after, filter) };
      after = user.subject;
      if (!filter || isMatch(user, filter)) items.push(recordOf(user));
    }
    if (users.length < batch) return { items };
  }
  return { items, cursor: cursorAfter(after, filter) };
}

/** Tells of a user what an administrator may see. */
export function recordOf(user: User): UserRecord {
  const { status, isEnabled, createdAt, updatedAt, hasTotp } = user;
  return {
    ...profileOf(user),
    status,
    enabled: isEnabled,
    createdAt: Math.floor(createdAt / 1000),
    updatedAt: Math.floor(updatedAt / 1000),
    mfa: hasTotp ? ["totp"] : [],
  };
}

/** Gives the one call that finds whom a filter is about, where no two users can match it. */
function lookupOf(
  { users }: Engine,
  { field, operator, value }: UserFilter,
): (() => Promise<User | undefined>) | undefined {
  if (operator !== "equals") return undefined;
  if (field === "email") return () => users.findByEmail(value);
  return field === "sub" || field === "username" ? () => users.get(value) : undefined;
}

function isMatch(user: User, { field, operator, value }: UserFilter): boolean {
  const own: Readonly<Record<string, string>> = {
    ...user.attributes,
    username: user.subject,
    sub: user.subject,
    email: user.email,
    status: user.status,
    enabled: String(user.isEnabled),
  };
  const text = own[field]?.toLowerCase();
  const sought = value.toLowerCase();
  return operator === "equals" ? text === sought : text?.startsWith(sought) === true;
}

/** A cursor is of one listing only: it says which. */
function cursorAfter(subject: string, filter: UserFilter | undefined): string {
  return writeCursor([subject, describe(filter)]);
}

function subjectIn(cursor: string, filter: UserFilter | undefined): string {
  const [subject, described] = readCursor(cursor);
  if (typeof subject !== "string" || described !== describe(filter)) throw unknownCursor();
  return subject;
}

function describe(filter: UserFilter | undefined): string {
  return filter ? `${filter.field} ${filter.operator} ${filter.value}` : "";
}
