import type { Delivery } from "../../../domain/user.ts";
import { isJsonObject } from "../../shared/json-object.ts";
import { isText, unexpectedAnswer } from "./unexpected-answer.ts";

const mediums: ReadonlyMap<unknown, Delivery["medium"]> = new Map([
  ["EMAIL", "email"],
  ["SMS", "sms"],
]);

/** Reads the `CodeDeliveryDetails` of an answer that has to have them. */
export function requireDelivery(details: unknown): Delivery | undefined {
  if (!isJsonObject(details)) throw unexpectedAnswer("CodeDeliveryDetails");
  return readDelivery(details);
}

/** Reads `CodeDeliveryDetails`: nothing for a way of delivery that is not known. */
export function readDelivery(details: unknown): Delivery | undefined {
  if (!isJsonObject(details)) return undefined;
  const medium = mediums.get(details.DeliveryMedium);
  if (!medium || !isText(details.Destination)) return undefined;
  return { medium, destination: details.Destination };
}
