import type { UserFilter } from "../../../domain/administration.ts";
import type { Place } from "../store/sorted-list.ts";
import type { User } from "./user.ts";

/** A field that users are looked for by. */
export interface UserField {
  /** Gives the text that a user has there: nothing, where no search of the field is to find them. */
  readonly textOf: (user: User) => string | undefined;
  readonly isCaseSensitive: boolean;
}

/** The fields that users are looked for by, by name. */
export type UserFields = Readonly<Record<string, UserField>>;

/** The users that a listing is of: those of a group, those whose field is or begins with a text, or all. */
export type UserSearch =
  | { readonly kind: "all" }
  | { readonly kind: "group"; readonly groupId: number }
  | ({ readonly kind: "field"; readonly field: string } & Pick<UserFilter, "operator" | "value">);

/** A place in a listing of users: its key is blank, where the listing is in order of age alone. */
export type UserPlace = Place<string>;

/** The fields of `UserFilter`. */
export function userFieldsOf({
  caseSensitive: isCaseSensitive,
}: {
  readonly caseSensitive: boolean;
}): Readonly<Record<UserFilter["field"], UserField>> {
  const field = (textOf: UserField["textOf"]) => ({ textOf, isCaseSensitive });
  return {
    username: field(({ username }) => username),
    sub: field(({ subject }) => subject),
    status: field(({ status }) => status),
    enabled: field(({ isEnabled }) => String(isEnabled)),
    email: field(({ attributes }) => attributes.email),
    phone_number: field(({ attributes }) => attributes.phone_number),
    name: field(({ attributes }) => attributes.name),
    given_name: field(({ attributes }) => attributes.given_name),
    family_name: field(({ attributes }) => attributes.family_name),
  };
}
