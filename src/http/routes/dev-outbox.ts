import { IdentityError } from "../../domain/errors.ts";
import type { Outbox } from "../../ports/index.ts";
import { jsonAnswer } from "../exchange/answer.ts";
import { isFromThisMachine, type PeerRule } from "../exchange/local-caller.ts";
import type { Route } from "../operation-routes.ts";

/** Tells whether who is at the other end of a connection may read the outbox. */
export type OutboxReaders = PeerRule;

/**
 * Shows what would have been sent to a user, codes and all. For development: it is there only on a provider that sends
 * nothing in earnest, and it is no part of the contract. Pages of elsewhere are kept out.
 */
export function devOutboxRoute(outbox: Outbox, mayRead?: OutboxReaders): Route {
  return {
    method: "GET",
    path: "/dev/outbox",
    respond(exchange) {
      if (!isFromThisMachine(exchange, mayRead)) {
        throw new IdentityError("rejected_by_policy", {
          detail: "The outbox answers this machine alone, unless DEV_OUTBOX says otherwise.",
        });
      }
      const username = exchange.request.query("username");
      if (!username) {
        throw new IdentityError("validation_failed", {
          violations: [{ path: ["username"], reason: "required" }],
        });
      }
      const messages = outbox.messagesFor(username).map(({ sentAt, ...message }) => ({
        ...message,
        sent_at: sentAt,
      }));
      return jsonAnswer({ messages });
    },
  };
}
