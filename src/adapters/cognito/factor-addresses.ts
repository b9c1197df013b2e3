import { IdentityError } from "../../domain/errors.ts";
import type { AttributeValues } from "../../domain/user.ts";
import { readMfaMethods } from "./account/second-factors.ts";

/** The addresses that codes of a second factor go to. */
const factors = { email: "email_code", phone_number: "sms_code" } as const;

/**
 * Sees to it that no address is deleted that codes of a user's second factor go to: Cognito says at most that something is
 * wrong with the attribute.
 *
 * @param readUser - gets the user, with their `UserMFASettingList`; only called where an address is to be deleted
 * @throws {IdentityError} `validation_failed` — with the reason `second_factor`
 */
export async function keepFactorAddresses(
  attributes: AttributeValues,
  readUser: () => Promise<{ readonly UserMFASettingList?: unknown }>,
): Promise<void> {
  const addresses = ["email", "phone_number"] as const;
  const deleted = addresses.filter((name) => attributes[name] === "");
  if (deleted.length === 0) return;
  const methods = readMfaMethods((await readUser()).UserMFASettingList) ?? [];
  const violations = deleted
    .filter((name) => methods.includes(factors[name]))
    .map((name) => ({ path: ["attributes", name], reason: "second_factor" }));
  if (violations.length > 0) throw new IdentityError("validation_failed", { violations });
}
