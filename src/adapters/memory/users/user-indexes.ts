import { saveAll } from "../store/save-point.ts";
import { createAgeIndex } from "./age-index.ts";
import { createFieldIndex, type FieldIndex } from "./field-index.ts";
import { createGroupIndex } from "./group-index.ts";
import { createPasskeyIndex } from "./passkey-index.ts";
import type { User } from "./user.ts";
import type { UserIndex } from "./user-index.ts";
import type { UserFields, UserPlace, UserSearch } from "./user-search.ts";

/** All that users are found by besides their names. */
export interface UserIndexes extends UserIndex {
  /**
   * Gives the users that a search is of, from after a place on. No user may be changed until the last was taken.
   *
   * They come the oldest first. Where a field only begins with the text they come in the order of the field, and the
   * oldest first where that is the same: nothing finds the oldest of many without looking at all of them.
   */
  list(search: UserSearch, after?: UserPlace): Iterable<User>;
  /** Gives the place of a user in the listing of a search that finds them. */
  placeOf(user: User, search: UserSearch): UserPlace;
  /** Tells whether some user has the passkey of an id. */
  hasPasskey(id: string): boolean;
}

/** Makes indexes with no user in them. */
export function createUserIndexes(fields: UserFields): UserIndexes {
  const byAge = createAgeIndex();
  const byField = new Map(
    Object.entries(fields).map(([name, field]) => [name, createFieldIndex(field)]),
  );
  const byGroup = createGroupIndex();
  const passkeys = createPasskeyIndex();
  const indexes: readonly UserIndex[] = [byAge, ...byField.values(), byGroup, passkeys];

  function indexOf(name: string): FieldIndex {
    const index = byField.get(name);
    if (!index) throw new TypeError(`There is no index of users by ${name}.`);
    return index;
  }

  return {
    put(row, before) {
      for (const index of indexes) index.put(row, before);
    },
    remove(row) {
      for (const index of indexes) index.remove(row);
    },
    list(search, after) {
      switch (search.kind) {
        case "all":
          return byAge.list(after);
        case "group":
          return byGroup.list(search.groupId, after);
        case "field":
          return indexOf(search.field).list(search, after);
      }
    },
    placeOf(user, search) {
      const key = search.kind === "field" ? indexOf(search.field).keyOf(user) : undefined;
      return { serial: user.serial, key: key ?? "" };
    },
    hasPasskey: passkeys.has,
    save: () => saveAll(indexes),
  };
}
