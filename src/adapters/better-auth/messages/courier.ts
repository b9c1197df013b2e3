import { IdentityError } from "../../../domain/errors.ts";
import type { Delivery } from "../../../domain/user.ts";
import type { OutboxMessage } from "../../../ports/index.ts";
import type { User } from "../database/user-rows.ts";
import type { Settings } from "../options.ts";
import type { Contact } from "../stores/one-time-codes.ts";

/** Sends a code to a contact of a user. */
export type Send = (
  user: User,
  message: Pick<OutboxMessage, "purpose" | "code"> & { readonly contact: Contact },
) => Promise<Delivery>;

/** Makes the way out for messages. */
export function createCourier({ clock, sendMessage }: Settings): Send {
  return async ({ subject }, { purpose, code, contact }) => {
    const medium = contact.attribute === "email" ? "email" : "sms";
    const destination = contact.address;
    try {
      await sendMessage({
        username: subject,
        medium,
        destination,
        purpose,
        code,
        sentAt: clock.now(),
      });
    } catch (cause) {
      throw new IdentityError("delivery_failed", { cause });
    }
    return { medium, destination: mask(destination) };
  };
}

/** Gives the address that proves who a user is, where it was proven. */
export function provenEmail(user: User | undefined): Contact | undefined {
  return user?.isEmailVerified ? { attribute: "email", address: user.email } : undefined;
}

/** Shows no more than the first character of each part. */
export function mask(address: string): string {
  return address
    .split("@")
    .map((part) => `${[...part][0] ?? ""}***`)
    .join("@");
}
