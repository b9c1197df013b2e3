import type { UserRecord, UserStatus } from "../../../domain/administration.ts";
import { isJsonObject } from "../../shared/json-object.ts";
import { readMfaMethods } from "../account/second-factors.ts";
import { readAttributes } from "../answers/attributes.ts";
import { requireSeconds } from "../answers/times.ts";
import { isText, unexpectedAnswer } from "../answers/unexpected-answer.ts";

/** The settings of the pool that users are read by. */
export interface RecordContext {
  /** Whether administrators confirm sign-ups. Cognito keeps no account of who is to confirm one. */
  readonly isApprovalRequired: boolean;
}

/** Cognito's statuses of those who have signed up. */
const statuses: ReadonlyMap<unknown, UserStatus> = new Map([
  ["CONFIRMED", "confirmed"],
  ["FORCE_CHANGE_PASSWORD", "invited"],
  ["RESET_REQUIRED", "password_reset_required"],
  ["EXTERNAL_PROVIDER", "external"],
]);

/** Reads a user as one is in a list (`Attributes`) or alone (`UserAttributes`). */
export function readUserRecord(user: unknown, context: RecordContext): UserRecord {
  if (!isJsonObject(user) || !isText(user.Username)) throw unexpectedAnswer("Username");
  const mfa = readMfaMethods(user.UserMFASettingList);
  return {
    ...readAttributes(user.UserAttributes ?? user.Attributes),
    username: user.Username,
    status: readStatus(user.UserStatus, context),
    enabled: user.Enabled === true,
    createdAt: requireSeconds(user.UserCreateDate, "UserCreateDate"),
    updatedAt: requireSeconds(user.UserLastModifiedDate, "UserLastModifiedDate"),
    ...(mfa && { mfa }),
  };
}

/** Gives Cognito's name for a status, and nothing for one that no user of the pool can have. */
export function writeStatus(
  status: string,
  { isApprovalRequired }: RecordContext,
): string | undefined {
  const unconfirmed: UserStatus = isApprovalRequired ? "approval_required" : "unconfirmed";
  if (status === unconfirmed) return "UNCONFIRMED";
  for (const [name, known] of statuses) if (known === status) return String(name);
  return undefined;
}

function readStatus(name: unknown, { isApprovalRequired }: RecordContext): UserStatus {
  if (name === "UNCONFIRMED") return isApprovalRequired ? "approval_required" : "unconfirmed";
  if (!isText(name)) throw unexpectedAnswer("UserStatus");
  // One that is no longer used, or not yet: such users cannot sign in with the password that they have.
  return statuses.get(name) ?? "password_reset_required";
}
