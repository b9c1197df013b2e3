import type { UserSearch } from "../../../adapters/memory/users/user-search.ts";
import { userFields } from "../pool/user-fields.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";

const pattern = /^\s*"?([\w:]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/s;

/**
 * Reads a filter of users: one attribute, and a text that it is or begins with.
 *
 * @throws {CognitoException} `InvalidParameter` — no such comparison
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
 */
export function readFilter(filter: string | undefined): UserSearch {
  if (!filter) return { kind: "all" };
  const [, field = "", operator, written = ""] = pattern.exec(filter) ?? [];
  if (!operator || !Object.hasOwn(userFields, field))
    throw invalidParameter("Error while parsing filter.");
  return {
    kind: "field",
    field,
    operator: operator === "=" ? "equals" : "starts_with",
    value: written.replace(/\\(.)/gs, "$1"),
  };
}
