import type { UserFilter } from "../../../domain/administration.ts";
import { createSortedList } from "../store/sorted-list.ts";
import type { User } from "./user.ts";
import type { UserIndex, UserRow } from "./user-index.ts";
import type { UserField, UserPlace } from "./user-search.ts";

/** An index of users by the text in one field. */
export interface FieldIndex extends UserIndex {
  /** Gives the key that a user is in order by: nothing, where no search of the field is to find them. */
  keyOf(user: User): string | undefined;
  list(sought: Pick<UserFilter, "operator" | "value">, after?: UserPlace): Iterable<User>;
}

/**
 * Most of a text that counts for the order, in UTF-16 code units: a key is part of a cursor, which may not be of any
 * length. Among users whose texts are longer and begin alike up to there, each is looked at.
 */
const keyLength = 128;

/** Makes an index with no user in it. */
export function createFieldIndex({ textOf, isCaseSensitive }: UserField): FieldIndex {
  const fold = (text: string) => (isCaseSensitive ? text : text.toLowerCase());
  const foldedOf = (user: User) => fold(textOf(user) ?? "");
  const keyOf = (user: User) => {
    const text = textOf(user);
    return text === undefined ? undefined : fold(text).slice(0, keyLength);
  };
  const rows = createSortedList<string, UserRow>(({ serial }) => serial);

  return {
    keyOf,
    put(row, before) {
      const { serial, user } = row;
      const key = keyOf(user);
      const earlier = before && keyOf(before);
      if (key === earlier) return;
      if (earlier !== undefined) rows.delete({ key: earlier, serial });
      if (key !== undefined) rows.put({ key, serial }, row);
    },
    remove({ serial, user }) {
      const key = keyOf(user);
      if (key !== undefined) rows.delete({ key, serial });
    },
    *list({ operator, value }, after) {
      const sought = fold(value);
      const isMatch = (text: string, other: string) =>
        operator === "equals" ? text === other : text.startsWith(other);
      const key = sought.slice(0, keyLength);
      for (const { user } of rows.from(after ?? { key, serial: 0 })) {
        const text = foldedOf(user);
        if (!isMatch(text.slice(0, keyLength), key)) return;
        if (isMatch(text, sought)) yield user;
      }
    },
    save: rows.save,
  };
}
