import type { UserField, UserFields } from "../../../adapters/memory/users/user-search.ts";
import type { UserStatus } from "../../../domain/administration.ts";

/** Cognito's names for the status of an account. They do not tell who is to confirm one. */
export const userStatuses: Readonly<Record<UserStatus, string>> = {
  unconfirmed: "UNCONFIRMED",
  approval_required: "UNCONFIRMED",
  confirmed: "CONFIRMED",
  invited: "FORCE_CHANGE_PASSWORD",
  password_reset_required: "RESET_REQUIRED",
  external: "EXTERNAL_PROVIDER",
};

/**
 * The fields that the users of a pool can be filtered by.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
 */
export const userFields: UserFields = {
  username: { textOf: ({ username }) => username, isCaseSensitive: true },
  sub: { textOf: ({ subject }) => subject, isCaseSensitive: false },
  "cognito:user_status": {
    textOf: ({ status }) => userStatuses[status],
    isCaseSensitive: false,
  },
  status: {
    textOf: ({ isEnabled }) => (isEnabled ? "Enabled" : "Disabled"),
    isCaseSensitive: true,
  },
  ...Object.fromEntries(
    ["email", "phone_number", "name", "given_name", "family_name", "preferred_username"].map(
      (name): [string, UserField] => [
        name,
        { textOf: ({ attributes }) => attributes[name], isCaseSensitive: false },
      ],
    ),
  ),
};
