import type { UserRecord } from "../../domain/administration.ts";
import type { AttributeValues } from "../../domain/user.ts";
import type * as administration from "../schemas/administration.ts";
import type { Input } from "../schemas/registry.ts";
import { profileView } from "./account-views.ts";

export function userRecordView(user: UserRecord): Input<typeof administration.UserRecord> {
  return {
    ...profileView(user),
    status: user.status,
    enabled: user.enabled,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    ...(user.mfa && { mfa: [...user.mfa] }),
  };
}

/** Writes attributes as text, which all of them are behind the port. */
export function attributeValues(
  attributes: Readonly<Record<string, string | boolean>>,
): AttributeValues {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, String(value)]),
  );
}
