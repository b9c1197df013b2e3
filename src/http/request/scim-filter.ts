import { type UserFilter, userFilterFields, userStatuses } from "../../domain/administration.ts";
import { IdentityError } from "../../domain/errors.ts";

/** An attribute, an operator and a JSON string, with white space between. */
const expression = /^\s*([A-Za-z][\w.:$-]*)\s+([A-Za-z]+)\s+("(?:[^"\\]|\\.)*")\s*$/;

const operators: Readonly<Record<string, UserFilter["operator"]>> = {
  eq: "equals",
  sw: "starts_with",
};

/** Attributes that have few values, which are compared whole. */
const closed: Readonly<Partial<Record<UserFilter["field"], readonly string[]>>> = {
  status: userStatuses,
  enabled: ["true", "false"],
};

/**
 * Reads a filter: the part of SCIM's language that has one attribute, `eq` or `sw`, and a string. Names and operators
 * are taken in any case, as SCIM says.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7644#section-3.4.2.2
 * @throws {IdentityError} `validation_failed` — it is none of that part, or compares with a value that there is not;
 *   path `["filter"]`
 */
export function parseUserFilter(filter: string): UserFilter {
  const [, name = "", word = "", literal = ""] = expression.exec(filter) ?? [];
  const value = jsonString(literal);
  if (value === undefined) throw invalid("invalid_syntax");
  const field = userFilterFields.find((known) => known === name.toLowerCase());
  if (field === undefined) throw invalid("unknown_attribute");
  const values = closed[field];
  const operator = Object.entries(operators).find(([known]) => known === word.toLowerCase())?.[1];
  if (operator === undefined || (values && operator !== "equals"))
    throw invalid("unknown_operator");
  if (values && !values.includes(value)) throw invalid("invalid_value");
  return { field, operator, value };
}

function jsonString(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === "string" && value.isWellFormed() ? value : undefined;
  } catch {
    return undefined;
  }
}

function invalid(reason: string): IdentityError {
  return new IdentityError("validation_failed", { violations: [{ path: ["filter"], reason }] });
}
