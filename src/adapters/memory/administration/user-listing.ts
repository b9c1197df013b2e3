import * as base64url from "jose/base64url";
import type { UserFilter, UserRecord } from "../../../domain/administration.ts";
import type { Page, PageRequest } from "../../../domain/page.ts";
import type { Engine } from "../engine.ts";
import { invalid } from "../errors.ts";
import { readableAttributes } from "../users/attributes.ts";
import type { User } from "../users/user.ts";

/** Lists users, as `Administration.listUsers` does: the oldest first. */
export function listUsers(
  { users, settings }: Pick<Engine, "users" | "settings">,
  { filter, limit, cursor }: PageRequest & { readonly filter?: UserFilter },
): Page<UserRecord> {
  const after = cursor === undefined ? 0 : readCursor(cursor, filter);
  const fold = (text: string) => (settings.caseSensitive ? text : text.toLowerCase());
  const matches = [...users.all()].filter(
    (user) => user.serial > after && (!filter || isMatch(user, filter, fold)),
  );
  return pageOf(matches, limit, recordOf, (user) => writeCursor(user.serial, filter));
}

/** Cuts the first page off of what is left of a listing. */
export function pageOf<Item, Shown>(
  left: readonly Item[],
  limit: number,
  show: (item: Item) => Shown,
  cursorAfter: (item: Item) => string,
): Page<Shown> {
  const shown = left.slice(0, limit);
  const last = shown.at(-1);
  const cursor = last && left.length > limit ? { cursor: cursorAfter(last) } : {};
  return { items: shown.map(show), ...cursor };
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

function isMatch(
  user: User,
  { field, operator, value }: UserFilter,
  fold: (text: string) => string,
): boolean {
  const own = {
    username: user.username,
    sub: user.subject,
    status: user.status,
    enabled: String(user.isEnabled),
  };
  const text = field in own ? own[field as keyof typeof own] : user.attributes[field];
  if (text === undefined) return false;
  const [there, sought] = [fold(text), fold(value)];
  return operator === "equals" ? there === sought : there.startsWith(sought);
}

/** A cursor is of one listing only: it says which. */
function writeCursor(serial: number, filter: UserFilter | undefined): string {
  return base64url.encode(JSON.stringify([serial, describe(filter)]));
}

function readCursor(cursor: string, filter: UserFilter | undefined): number {
  try {
    const text = new TextDecoder().decode(base64url.decode(cursor));
    const [serial, described]: unknown[] = JSON.parse(text);
    if (Number.isSafeInteger(serial) && described === describe(filter)) return Number(serial);
  } catch {
    // Not even JSON: none of ours.
  }
  throw invalid(["cursor"], "unknown");
}

function describe(filter: UserFilter | undefined): string {
  return filter ? `${filter.field} ${filter.operator} ${filter.value}` : "";
}
