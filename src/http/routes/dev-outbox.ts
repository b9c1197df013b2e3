import { IdentityError } from "../../domain/errors.ts";
import type { Outbox } from "../../ports/index.ts";
import type { Route } from "../operation.ts";

/**
 * Shows what would have been sent to a user, codes and all, to anyone who asks. For development: it is there only on a
 * provider that sends nothing in earnest, and it is no part of the contract.
 */
export function devOutboxRoute(outbox: Outbox): Route {
  return {
    method: "GET",
    path: "/dev/outbox",
    respond(c) {
      const username = c.req.query("username");
      if (!username) {
        throw new IdentityError("validation_failed", {
          violations: [{ path: ["username"], reason: "required" }],
        });
      }
      const messages = outbox.messagesFor(username).map(({ sentAt, ...message }) => ({
        ...message,
        sent_at: sentAt,
      }));
      return c.json({ messages });
    },
  };
}
