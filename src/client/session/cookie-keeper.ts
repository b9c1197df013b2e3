import { PorticoError } from "../errors.ts";
import type { Transport } from "../transport.ts";
import type { Keeper } from "./keeper.ts";

const header = { "Portico-Session": "cookie" } as const;

/** Keeps a session in cookies of the service's, which no script can read. */
export function createCookieKeeper({ url, send }: Transport): Keeper {
  const isElsewhere = isOtherSite(url, globalThis.location?.href);
  const asking: Keeper["asking"] = (isKept) => {
    if (isElsewhere) {
      const message = `Browsers send no cookies from here to ${url}: page and service have to be of one site.`;
      throw new PorticoError("not_same_site", { message });
    }
    return isKept ? { "Portico-Session": "cookie;keep" } : header;
  };
  return {
    asking,
    start: async () => undefined,
    headers: async () => asking(false),
    // The service gets new tokens itself, and refuses only what is over.
    renew: async () => undefined,
    forget: async () => undefined,
    async end(onEnd, signal) {
      await send("post", "/v1/sign-out", { headers: asking(false), signal });
      onEnd();
    },
    hear: async () => true,
  };
}

/**
 * Tells whether two addresses are of different sites for certain. Which domains belong to one owner only a long list
 * knows, but none that differ in scheme or in their last two names do.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#same-site
 */
export function isOtherSite(url: string, page: string | undefined): boolean {
  if (page === undefined) return false;
  const [one, other] = [new URL(url), new URL(page)];
  if (!/^https?:$/.test(other.protocol)) return false;
  return siteOf(one) !== siteOf(other);
}

function siteOf({ protocol, hostname }: URL): string {
  const isAddress = /^[\d.]+$|:/.test(hostname);
  return protocol + (isAddress ? hostname : hostname.split(".").slice(-2).join("."));
}
