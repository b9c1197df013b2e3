/**
 * Tells whether what is fetched from an address comes from whoever the address names: over TLS, or from this machine,
 * where tests and emulators run. Addresses that carry credentials are refused, since they end up in logs.
 */
export function isTrustworthyUrl(url: URL): boolean {
  if (url.username !== "" || url.password !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
}

/** URL parsers bring every spelling of an IPv4 address into the dotted one. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
