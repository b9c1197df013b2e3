import { createSortedList } from "../store/sorted-list.ts";
import type { User } from "./user.ts";
import { type UserIndex, type UserRow, usersOf } from "./user-index.ts";

/** Some users, the oldest first. */
export interface AgeIndex extends UserIndex {
  readonly size: number;
  /** Gives the users who are younger than the one of a serial, be there such a one or not. */
  list(after?: { readonly serial: number }): Iterable<User>;
}

/** Makes an index with no user in it. */
export function createAgeIndex(): AgeIndex {
  const rows = createSortedList<number, UserRow>(() => 0);
  const placeOf = (serial: number) => ({ key: serial, serial: 0 });
  return {
    get size() {
      return rows.size;
    },
    put(row, before) {
      if (!before) rows.put(placeOf(row.serial), row);
    },
    remove: (row) => rows.delete(placeOf(row.serial)),
    list: (after) => usersOf(rows.from(placeOf(after?.serial ?? 0))),
    save: rows.save,
  };
}
