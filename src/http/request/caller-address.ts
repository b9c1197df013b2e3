import {
  type IpNetwork,
  isInNetworks,
  isPrivateNetwork,
  parseIpAddress,
} from "../../domain/ip-address.ts";

/** The proxies in front of the service: their networks, or how many there are in a row. */
export type TrustedProxies =
  | { readonly networks: readonly IpNetwork[] }
  | { readonly hops: number };

/** The reason why it is not known who calls. */
export type UnknownCaller = "no_peer" | "unlisted_proxy" | "malformed";

/** The address that a request came from, or why it is not known. */
export type CallerAddress = { readonly address: string } | { readonly unknown: UnknownCaller };

/** Headers by which proxies tell whom they speak for. Of these `X-Forwarded-For` alone is read. */
const forwardingHeaders = ["x-forwarded-for", "forwarded", "x-real-ip"];

/**
 * Finds out which address a request came from. A header says what anybody put into it, so that it counts only as far as
 * trusted proxies wrote it: from the right, the first address that is none of theirs.
 *
 * Where no proxies are named, the peer is the caller. But a peer of a private network that forwards is a proxy which
 * nobody named, and behind it all callers would be one: then it is not known who calls.
 *
 * @param peer - the address at the other end of the connection, as far as the runtime tells
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/X-Forwarded-For#selecting_an_ip_address
 */
export function callerAddress(
  headers: Headers,
  peer: string | undefined,
  proxies: TrustedProxies | undefined,
): CallerAddress {
  const address = peer === undefined ? undefined : parseIpAddress(peer);
  if (peer === undefined || !address) return { unknown: "no_peer" };
  if (!proxies) {
    const forwards = forwardingHeaders.some((name) => headers.has(name));
    return forwards && isPrivateNetwork(address)
      ? { unknown: "unlisted_proxy" }
      : { address: peer };
  }
  const forwarded = forwardedFor(headers);
  if ("hops" in proxies) return addressOf(forwarded.at(-proxies.hops) ?? peer);
  const way = [...forwarded, peer];
  return addressOf(way.findLast((each) => !isTrustedProxy(each, proxies)) ?? way[0] ?? peer);
}

/** Tells whether a peer is one of the proxies. Where they are counted, every peer is the last of them. */
export function isTrustedProxy(peer: string, proxies: TrustedProxies | undefined): boolean {
  if (!proxies || "hops" in proxies) return proxies !== undefined;
  const parsed = parseIpAddress(peer);
  return parsed !== undefined && isInNetworks(parsed, proxies.networks);
}

/** The addresses in the header, the nearest last, without the ports that some proxies add. */
function forwardedFor(headers: Headers): readonly string[] {
  const value = headers.get("x-forwarded-for") ?? "";
  const entries = value.split(",").map((entry) => entry.trim());
  return value === "" ? [] : entries.map(withoutPort);
}

function withoutPort(entry: string): string {
  const [, bracketed, dotted] = /^(?:\[([^\]]+)\](?::\d+)?|([\d.]+):\d+)$/.exec(entry) ?? [];
  return bracketed ?? dotted ?? entry;
}

function addressOf(text: string): CallerAddress {
  return parseIpAddress(text) ? { address: text } : { unknown: "malformed" };
}
