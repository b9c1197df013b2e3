import type { SavePoint } from "../store/save-point.ts";
import type { User } from "./user.ts";

/** The row of a user in the indexes: it stays the same while the user in it is replaced. */
export interface UserRow {
  readonly serial: number;
  user: User;
}

/** An index of users, by something that they have. */
export interface UserIndex extends SavePoint {
  /**
   * Puts a row to where its user belongs now, and takes it from where it was.
   *
   * @param before - the user who was in it, if it is not new
   */
  put(row: UserRow, before: User | undefined): void;
  /** Takes a row out for good. */
  remove(row: UserRow): void;
}

/** Gives the users in rows. */
export function* usersOf(rows: Iterable<UserRow>): Iterable<User> {
  for (const { user } of rows) yield user;
}
