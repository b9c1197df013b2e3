/**
 * Tells whether what is fetched from an address comes from whoever the address names: over TLS, or from this machine,
 * where tests and emulators run. Addresses that carry credentials are refused, since they end up in logs.
 */
export function isTrustworthyUrl(url: URL): boolean {
  if (url.username !== "" || url.password !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url));
}

/**
 * Tells whether an address is one of plain HTTP inside a cluster, which nobody outside answers for: a name without a
 * domain, of a service of Kubernetes, or in a domain that is in no public directory (RFC 6762 section 3, ICANN's
 * `internal`), or a private address.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
 */
export function isClusterHttp(url: URL): boolean {
  const { protocol, username, password, hostname } = url;
  if (protocol !== "http:" || username !== "" || password !== "") return false;
  return isPrivateAddress(url) || /^[a-z\d-]+$|\.svc(?:\.|$)|\.(?:local|internal)$/.test(hostname);
}

/**
 * Tells whether an address names a machine of a private network, or none at all, by its number: a provider of
 * identities has a public name, and whoever gets another address into the settings gets an answer from inside.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 * @see https://www.iana.org/assignments/iana-ipv6-special-registry
 */
export function isPrivateAddress(url: URL): boolean {
  if (isLoopback(url)) return false;
  return privateIpv4.test(url.hostname) || privateIpv6.test(url.hostname);
}

/** This network, private, shared, loopback and link-local ones (RFC 6890), multicast and what is above. */
const privateIpv4 =
  /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|22[4-9]|2[3-5]\d)\.[\d.]+$/;

/** Unspecified and IPv4-mapped addresses, unique local (RFC 4193), link-local and multicast ones. */
const privateIpv6 = /^\[(?:::(?:ffff:[\da-f:]+)?|f[cd][\da-f:]+|fe[89ab][\da-f:]+|ff[\da-f:]+)\]$/;

/**
 * Tells whether an address is this machine's own. URL parsers bring every spelling of an IPv4 address into the dotted
 * one.
 */
export function isLoopback({ hostname }: Pick<URL, "hostname">): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
