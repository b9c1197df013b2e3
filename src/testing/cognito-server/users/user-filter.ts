import type { User } from "../../../adapters/memory/users/user.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import { userStatuses } from "./user-records.ts";

type Field = (user: User) => string | undefined;

const fields: Readonly<Record<string, Field>> = {
  username: ({ username }) => username,
  sub: ({ subject }) => subject,
  "cognito:user_status": ({ status }) => userStatuses[status],
  status: ({ isEnabled }) => (isEnabled ? "Enabled" : "Disabled"),
  ...Object.fromEntries(
    ["email", "phone_number", "name", "given_name", "family_name", "preferred_username"].map(
      (name): [string, Field] => [name, ({ attributes }) => attributes[name]],
    ),
  ),
};

const caseSensitive = new Set(["username", "status"]);
const pattern = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/s;

/**
 * Reads a filter of users: one attribute, and a text that it is or begins with.
 *
 * @throws {CognitoException} `InvalidParameter` — no such comparison
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
 */
export function readFilter(filter: string | undefined): (user: User) => boolean {
  if (!filter) return () => true;
  const [, name = "", operator, written = ""] = pattern.exec(filter) ?? [];
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!operator || !field) throw invalidParameter("Error while parsing filter.");
  const fold = (text: string) => (caseSensitive.has(name) ? text : text.toLowerCase());
  const sought = fold(written.replace(/\\(.)/gs, "$1"));
  return (user) => {
    const value = field(user);
    if (value === undefined) return false;
    return operator === "=" ? fold(value) === sought : fold(value).startsWith(sought);
  };
}
