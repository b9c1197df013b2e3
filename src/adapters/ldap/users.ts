import type { UserFilter, UserRecord } from "../../domain/administration.ts";
import { IdentityError } from "../../domain/errors.ts";
import type { Page, PageRequest } from "../../domain/page.ts";
import type { IdentityProvider } from "../../ports/index.ts";
import { readCursor, unknownCursor, writeCursor } from "../shared/cursor.ts";
import type { Engine } from "./engine.ts";
import type { Person } from "./entries.ts";
import { escapeValue, foldName } from "./filters.ts";
import type { DirectorySettings } from "./settings.ts";

type Facet = Pick<IdentityProvider, "listUsers" | "getUser" | "signOutUser" | "listUserGroups">;

/** Makes the part of the administration facet of the port that a directory has. */
export function createUserListing({ directory, settings, sessions }: Engine): Facet {
  async function named({ username }: { readonly username: string }): Promise<Person> {
    const person = await directory.byName(username);
    if (!person) throw new IdentityError("user_not_found");
    return person;
  }

  return {
    async listUsers({ filter, ...page }) {
      const found = await directory.all(filter && inDirectory(filter, settings));
      const meant = found.map(recordOf).filter((record) => !filter || isMeant(record, filter));
      const placeOf = (user: UserRecord) => `${foldName(user.username)} ${user.subject}`;
      return pageOf(meant, placeOf, page);
    },
    getUser: async (input) => recordOf(await named(input)),
    signOutUser: async (input) => sessions.endAll((await named(input)).subject),
    async listUserGroups(input) {
      return pageOf(await directory.groupsOf(await named(input)), (name) => name, input);
    },
  };
}

/** Makes the record of a user that an administrator sees. */
function recordOf(person: Person): UserRecord {
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
 * Cuts a page out of a list that is whole. No cookie of a directory's outlives its connection, so that each page is another search,
 * and the cursor names the last place.
 */
function pageOf<Item>(
  items: readonly Item[],
  placeOf: (item: Item) => string,
  { limit, cursor }: PageRequest,
): Page<Item> {
  const [after = ""] = cursor === undefined ? [] : readCursor(cursor);
  if (typeof after !== "string") throw unknownCursor();
  const left = items
    .map((item) => ({ item, place: placeOf(item) }))
    .filter(({ place }) => place > after)
    .toSorted((one, other) => (one.place < other.place ? -1 : 1));
  const page = left.slice(0, limit);
  const last = left.length > limit ? page.at(-1) : undefined;
  return {
    items: page.map(({ item }) => item),
    ...(last && { cursor: writeCursor([last.place]) }),
  };
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
