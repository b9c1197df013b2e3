import type { Contact } from "../settings/options.ts";
import type { Account } from "../users/accounts.ts";
import type { HourlyLimits } from "./hourly-limits.ts";

/**
 * Counts a code that is about to go to an address, unless the account has proven it: it may be a stranger's, so it is sent
 * only so many, whichever accounts ask.
 *
 * @throws {IdentityError} `too_many_attempts` — too many codes were sent there
 */
export async function countUnprovenAddress(
  limits: Pick<HourlyLimits, "take">,
  { user }: Pick<Account, "user">,
  { contact, address }: { readonly contact: Contact; readonly address: string },
): Promise<void> {
  if (address === user?.attributes[contact] && user.verified.has(contact)) return;
  await limits.take(
    { key: `${contact} ${address.toLowerCase()}`, user },
    "unprovenAddressesPerHour",
  );
}
