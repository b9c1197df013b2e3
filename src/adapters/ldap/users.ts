import type { UserFilter, UserRecord } from "../../domain/administration.ts";
import type { Page, PageRequest } from "../../domain/page.ts";
import { readCursor, unknownCursor, writeCursor } from "../shared/cursor.ts";
import type { Directory } from "./directory.ts";
import type { Person } from "./entries.ts";
import { escapeValue, foldName } from "./filters.ts";
import type { DirectorySettings } from "./settings.ts";

/** Makes the record of a user that an administrator sees. */
export function recordOf(person: Person): UserRecord {
  const { subject, username, attributes, isEnabled, mustChangePassword, ...times } = person;
  return {
    subject,
    username,
    attributes,
    status: mustChangePassword ? "password_reset_required" : "confirmed",
    enabled: isEnabled,
    createdAt: times.createdAt,
    updatedAt: times.updatedAt,
  };
}

/**
 * Lists users by name. Each page is one search for all: no cookie of the directory's outlives its connection, so that the cursor
 * names the last user.
 */
export async function listUsers(
  directory: Pick<Directory, "all">,
  settings: DirectorySettings,
  { filter, limit, cursor }: PageRequest & { readonly filter?: UserFilter },
): Promise<Page<UserRecord>> {
  const after = cursor === undefined ? "" : placeOf(cursor);
  const found = await directory.all(filter && inDirectory(filter, settings));
  const places = found.map((person) => ({
    place: `${foldName(person.username)} ${person.subject}`,
    record: recordOf(person),
  }));
  const left = places
    .filter(({ place, record }) => place > after && (!filter || isMeant(record, filter)))
    .toSorted((one, other) => (one.place < other.place ? -1 : 1));
  const page = left.slice(0, limit);
  const last = left.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ record }) => record),
    ...(last && { cursor: writeCursor([last.place]) }),
  };
}

function placeOf(cursor: string): string {
  const [place] = readCursor(cursor);
  if (typeof place !== "string") throw unknownCursor();
  return place;
}

/** Gives the comparison that the directory makes, of a field that is an attribute of text there. */
function inDirectory({ field, operator, value }: UserFilter, settings: DirectorySettings) {
  const attribute = field === "username" ? settings.usernameAttribute : settings.attributes[field];
  if (attribute === undefined) return undefined;
  return { attribute, value: escapeValue(value) + (operator === "equals" ? "" : "*") };
}

/** Whether a user is meant as far as the directory was not asked: it compares as it does, with accents or without. */
function isMeant(record: UserRecord, { field, operator, value }: UserFilter): boolean {
  const { subject: sub, username, status, enabled, attributes } = record;
  const own: Readonly<Record<string, unknown>> = { sub, username, status, enabled };
  const text = foldName(String(own[field] ?? attributes[field] ?? ""));
  const wanted = foldName(value);
  return operator === "equals" ? text === wanted : text !== "" && text.startsWith(wanted);
}
