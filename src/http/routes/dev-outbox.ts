import { IdentityError } from "../../domain/errors.ts";
import type { Outbox } from "../../ports/index.ts";
import { jsonAnswer } from "../exchange/answer.ts";
import type { Exchange } from "../exchange/exchange.ts";
import type { Route } from "../operation-routes.ts";

/**
 * Tells whether who is at the other end of a connection may read the outbox, by the address: undefined where it is not
 * known, empty where it is a proxy's.
 */
export type OutboxReaders = (peer: string | undefined) => boolean;

/**
 * Shows what would have been sent to a user, codes and all. For development: it is there only on a provider that sends
 * nothing in earnest, and it is no part of the contract. Pages of elsewhere are kept out, and so are names that somebody
 * made this machine's for a page of theirs (DNS rebinding).
 */
export function devOutboxRoute(outbox: Outbox, mayRead: OutboxReaders = isNotElsewhere): Route {
  return {
    method: "GET",
    path: "/dev/outbox",
    respond(exchange) {
      const { request } = exchange;
      if (!isLocalPage(request.raw) || !mayRead(peerOf(exchange))) {
        throw new IdentityError("rejected_by_policy", {
          detail: "The outbox answers this machine alone, unless DEV_OUTBOX says otherwise.",
        });
      }
      const username = request.query("username");
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

/** Tells whether the address of a peer is this machine's own. An IPv4 address may come as IPv6 writes it (RFC 4291 section 2.5.5.2). */
export function isLoopbackPeer(address: string): boolean {
  return /^(?:(?:::ffff:)?127(?:\.\d{1,3}){3}|::1)$/i.test(address);
}

/** Whoever calls the app without a server in between is in this process: see {@link peerOf}. */
function isNotElsewhere(peer: string | undefined): boolean {
  return peer === undefined || isLoopbackPeer(peer);
}

const localHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

function isLocalPage({ url, headers }: Request): boolean {
  const { host, origin } = new URL(url);
  const sentOrigin = headers.get("Origin");
  return (
    localHost.test(headers.get("Host") ?? host) && (sentOrigin === null || sentOrigin === origin)
  );
}

/**
 * Behind a proxy the peer is the proxy, whoever asks it. Other servers hand over a connection of their own form, which
 * does not tell either who asks.
 */
function peerOf({ request, connection }: Exchange): string | undefined {
  const isForwarded = ["Forwarded", "X-Forwarded-For"].some((name) => request.header(name));
  if (isForwarded) return "";
  if (connection?.peer) return connection.peer();
  return isPlain(connection) ? undefined : "";
}

/** Hono has an empty object where nothing is handed over. */
function isPlain(value: unknown): boolean {
  return (
    value === undefined ||
    (Object.getPrototypeOf(value) === Object.prototype && Object.keys(Object(value)).length === 0)
  );
}
