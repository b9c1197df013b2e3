import { IdentityError } from "../../../domain/errors.ts";
import type { Delivery } from "../../../domain/user.ts";
import type { Outbox, OutboxMessage } from "../../../ports/index.ts";
import type { Contact } from "../settings/options.ts";
import type { MemorySettings } from "../settings/settings.ts";
import type { SavePoint } from "../store/save-point.ts";
import type { User } from "../users/user.ts";
import type { UserStore } from "../users/user-store.ts";
import { mask, mediumOf } from "./contacts.ts";

/** Most messages that are kept for one user: the latest. */
export const maxMessagesPerUser = 50;

/** A message to be sent. */
export interface OutgoingMessage extends Pick<OutboxMessage, "purpose" | "code"> {
  readonly contact: Contact;
  /** @default the user's own of that kind */
  readonly address?: string;
  /** Its wording, if whoever sends it has one. */
  readonly words?: Pick<OutboxMessage, "subject" | "text">;
}

/** Sends messages, which is to say: keeps them. */
export interface Courier extends Outbox, SavePoint {
  /** @throws {IdentityError} `delivery_failed` — whoever is told of messages threw */
  send(user: User, message: OutgoingMessage): Promise<Delivery>;
  forget(subject: string): void;
}

/** Makes a courier with nothing sent. */
export function createCourier(
  users: UserStore,
  { clock, onMessage }: Pick<MemorySettings, "clock" | "onMessage">,
): Courier {
  let sent = new Map<string, readonly OutboxMessage[]>();

  function messagesFor(username: string): readonly OutboxMessage[] {
    const user = users.find(username);
    return (user && sent.get(user.subject)) ?? [];
  }

  return {
    messagesFor,
    async send(user, { purpose, code, contact, address, words }) {
      const { subject, username } = user;
      const destination = address ?? user.attributes[contact] ?? "";
      const medium = mediumOf(contact);
      const sentAt = clock.now();
      const { locale } = user.attributes;
      const chosen = locale === undefined ? {} : { locale };
      const message = { username, medium, destination, purpose, code, ...chosen, sentAt, ...words };
      try {
        onMessage(message);
      } catch (cause) {
        throw new IdentityError("delivery_failed", { cause });
      }
      const messages = [...(sent.get(subject) ?? []), message];
      sent.set(subject, messages.slice(-maxMessagesPerUser));
      return { medium, destination: mask(contact, destination) };
    },
    forget: (subject) => void sent.delete(subject),
    save() {
      const saved = new Map(sent);
      return () => {
        sent = new Map(saved);
      };
    },
  };
}
