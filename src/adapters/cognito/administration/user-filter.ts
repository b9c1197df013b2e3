import type { UserFilter } from "../../../domain/administration.ts";
import { IdentityError } from "../../../domain/errors.ts";
import { type RecordContext, writeStatus } from "./user-records.ts";

const maximumLength = 256;

/**
 * Writes a filter as `ListUsers` takes it, and gives nothing for one that fits no user of any pool. The value is text
 * of the administrator's, so nothing in it may end the quotation.
 *
 * @throws {IdentityError} `validation_failed` — Cognito has no such comparison, or takes none of that length
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
 */
export function writeFilter(filter: UserFilter, context: RecordContext): string | undefined {
  const { field, operator, value } = filter;
  if (field === "status" || field === "enabled") {
    if (operator !== "equals") throw invalid("not_supported");
    return field === "status" ? byStatus(value, context) : byEnabled(value);
  }
  return compare(field, operator === "equals" ? "=" : "^=", value);
}

function byStatus(value: string, context: RecordContext): string | undefined {
  const status = writeStatus(value, context);
  return status && compare("cognito:user_status", "=", status);
}

/** Writes a filter by whether a user is enabled, which Cognito calls `status`. */
function byEnabled(value: string): string | undefined {
  if (value !== "true" && value !== "false") return undefined;
  return compare("status", "=", value === "true" ? "Enabled" : "Disabled");
}

function compare(attribute: string, operator: "=" | "^=", value: string): string {
  const written = `${attribute} ${operator} "${value.replace(/["\\]/g, "\\$&")}"`;
  if (written.length > maximumLength) throw invalid("too_long");
  return written;
}

function invalid(reason: string): IdentityError {
  return new IdentityError("validation_failed", { violations: [{ path: ["filter"], reason }] });
}
