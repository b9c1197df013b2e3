import type { Exchange } from "./exchange.ts";

/**
 * Tells whether who is at the other end of a connection may come in, by the address: undefined where there is no server,
 * empty where it is a proxy's, or the server cannot tell.
 */
export type PeerRule = (peer: string | undefined) => boolean;

/**
 * Tells whether a request came from this machine, and not by way of a page of elsewhere: pages are kept out, and so are
 * names that somebody made this machine's for a page of theirs (DNS rebinding).
 *
 * @param mayEnter - who is taken for this machine
 */
export function isFromThisMachine(
  exchange: Exchange,
  mayEnter: PeerRule = isNotElsewhere,
): boolean {
  return isLocalPage(exchange.request.raw) && mayEnter(peerOf(exchange));
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
  if (connection?.peer) return connection.peer() ?? "";
  return isPlain(connection) ? undefined : "";
}

/** Hono has an empty object where nothing is handed over. */
function isPlain(value: unknown): boolean {
  return (
    value === undefined ||
    (Object.getPrototypeOf(value) === Object.prototype && Object.keys(Object(value)).length === 0)
  );
}
