import type { Engine } from "../../../adapters/memory/engine.ts";
import { deliveryOf } from "../../../adapters/memory/sign-in/sign-in-codes.ts";
import { isIdentityError } from "../../../domain/errors.ts";
import type { Delivery } from "../../../domain/user.ts";

/** Says where a code went, as `CodeDeliveryDetails` does. */
export function deliveryDetails({ medium, destination }: Delivery): object {
  return {
    AttributeName: medium === "email" ? "email" : "phone_number",
    DeliveryMedium: medium === "email" ? "EMAIL" : "SMS",
    Destination: destination,
  };
}

/**
 * Says, for a user whom a code cannot be sent to, where one would have gone: the same every time, so that asking twice
 * does not tell.
 *
 * @throws what kept the code from being sent, where that was not that there is nobody to send it to
 */
export function simulatedDelivery(
  engine: Engine,
  username: string,
  error: unknown,
): Promise<Delivery> {
  if (!isIdentityError(error, "user_not_found", "recovery_unavailable", "already_confirmed"))
    throw error;
  // As it would have gone to the user of such a name.
  const type = /^\+\d+$/.test(username) ? "sms_code" : "email_code";
  const nothing = { type, use: "first_factor", sent: undefined, wrong: 0 } as const;
  return deliveryOf(engine, username, nothing);
}
