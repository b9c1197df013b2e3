import { IdentityError } from "../../../domain/errors.ts";
import type { Delivery } from "../../../domain/user.ts";
import type { OutboxMessage } from "../../../ports/index.ts";
import { withinDeadline } from "../../shared/deadline.ts";
import type { DeliveryFailure } from "../../shared/settings.ts";
import type { User } from "../database/user-rows.ts";
import type { BetterAuthSettings } from "../options.ts";
import type { Contact } from "../stores/one-time-codes.ts";

/** Sends a code to a contact of a user. */
export type SendCode = (
  user: User,
  message: Pick<OutboxMessage, "purpose" | "code"> & { readonly contact: Contact },
) => Promise<Delivery>;

/** The way out for messages. */
export interface Courier {
  /**
   * Sends a message after the answer, and tells the operator where that fails. For whatever a stranger can ask for:
   * neither the time nor the answer says whether there was someone to write to.
   */
  readonly send: SendCode;
  /**
   * Sends a message before the answer, for a caller who is known to have an account, or to be an administrator.
   *
   * @throws {IdentityError} `delivery_failed` — it could not be sent, or not in time
   */
  readonly sendNow: SendCode;
  /** Ends when all messages that no answer waited for have been sent, or could not be. */
  settled(): Promise<void>;
}

/** The time that an answer waits for a message, in milliseconds. */
const promptMs = 3000;
/** The time that a message may take which no answer waits for, in milliseconds. */
const lateMs = 15_000;
/** The number of messages that may be on their way: whoever sends them may be slow, and those who ask are many. */
const maxUnderWay = 1000;

/** Makes a courier of messages. */
export function createCourier(settings: BetterAuthSettings): Courier {
  const { sendMessage, onDeliveryFailure, waitUntil } = settings;
  const underWay = new Set<Promise<void>>();

  async function sendLate(message: OutboxMessage): Promise<void> {
    try {
      if (underWay.size >= maxUnderWay) throw new Error("Too many messages are on their way.");
      await nextTurn();
      await withinDeadline(handOver(message), lateMs);
    } catch (cause) {
      tell({ subject: message.username, purpose: message.purpose, cause });
    }
  }

  function tell(failure: DeliveryFailure): void {
    try {
      onDeliveryFailure(failure);
    } catch {
      // Nobody is left to hear of it, and what is thrown here would end the process.
    }
  }

  /** Throws in the promise, whatever throws. */
  async function handOver(message: OutboxMessage): Promise<void> {
    await sendMessage(message);
  }

  return {
    async send(user, letter) {
      const { message, delivery } = addressed(user, letter, settings);
      const work = sendLate(message).finally(() => underWay.delete(work));
      underWay.add(work);
      waitUntil?.(work);
      return delivery;
    },

    async sendNow(user, letter) {
      const { message, delivery } = addressed(user, letter, settings);
      try {
        await withinDeadline(handOver(message), promptMs);
      } catch (cause) {
        throw new IdentityError("delivery_failed", { cause });
      }
      return delivery;
    },

    async settled() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}

/** Gives the address that proves who a user is, where it was proven. */
export function provenEmail(user: User | undefined): Contact | undefined {
  return user?.isEmailVerified ? { attribute: "email", address: user.email } : undefined;
}

/** Shows no more than the first character of each part. */
export function maskAddress(address: string): string {
  return address
    .split("@")
    .map((part) => `${[...part][0] ?? ""}***`)
    .join("@");
}

/** Writes the address on a message, and tells where it goes as anyone may see it. */
function addressed(
  { subject, attributes: { locale } }: User,
  { purpose, code, contact }: Parameters<SendCode>[1],
  { clock }: BetterAuthSettings,
): { readonly message: OutboxMessage; readonly delivery: Delivery } {
  const medium: Delivery["medium"] = contact.attribute === "email" ? "email" : "sms";
  const destination = contact.address;
  const language = locale === undefined ? {} : { locale };
  const sentAt = clock.now();
  const message = { username: subject, medium, destination, purpose, code, ...language, sentAt };
  return { message, delivery: { medium, destination: maskAddress(destination) } };
}

/** The answer is on its way by then. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
