import { isJsonObject } from "../../shared/json-object.ts";
import { isLoopback } from "../../shared/secure-url.ts";
import { fetchDocument } from "../keys/fetch-document.ts";
import { createRemoteKeySet, type RemoteKeySet } from "../keys/remote-key-set.ts";
import { checkAddress, type RemoteKeySetOptions } from "../keys/remote-key-set-options.ts";

/** The options of {@link createDiscoveredKeySet}, besides those of any key set that is fetched. */
export interface DiscoveredKeySetOptions extends Omit<RemoteKeySetOptions, "uri"> {
  /** The issuer of the keys: an address, character by character as its metadata and tokens have it. */
  readonly issuer: string;
  /**
   * Which of its documents names its keys: OpenID Connect Discovery 1.0 section 4 puts the first below the issuer's path,
   * RFC 8414 section 3 the second before it. @default "openid-configuration"
   */
  readonly metadata?: "openid-configuration" | "oauth-authorization-server";
  /**
   * Where its metadata is, if it is nowhere near the issuer, as of Azure AD B2C's policies or inside a cluster: `https:`,
   * or `http:` on this machine. It has to name the issuer all the same. @default where `metadata` says
   */
  readonly metadataUri?: string | URL;
}

/**
 * Makes a key set of the one that an issuer's metadata names as `jwks_uri`. Metadata and keys are fetched one after the
 * other, within the one deadline, whenever a {@link createRemoteKeySet | remote key set} would fetch its keys, and all
 * that is written there of failures holds for both.
 *
 * The metadata must be the issuer's own: its `issuer` is compared character by character (RFC 8414 section 3.3, OpenID
 * Connect Discovery 1.0 section 4.3), as otherwise whoever can write one document on a host could speak for every issuer
 * on it. Metadata that is refused is a fetch that failed: `keys_unavailable`, with the reason told to `onFailure`.
 *
 * @throws {TypeError} for an address that anyone between could answer for, an issuer with a query or a fragment whose
 *   metadata is not said to be elsewhere, and as `createRemoteKeySet`
 * @example
 * const keys = createDiscoveredKeySet({ issuer: "https://keycloak.example.com/realms/staff" });
 */
export function createDiscoveredKeySet(options: DiscoveredKeySetOptions): RemoteKeySet {
  const { issuer, metadata = "openid-configuration", metadataUri, ...rest } = options;
  const { fetch: request = fetch, timeoutMs = 3_000 } = rest;
  const uri = new URL(metadataUri ?? usualMetadataUri(issuer, metadata));
  return createRemoteKeySet({
    ...rest,
    uri,
    async fetch(_uri, init) {
      const document = await fetchDocument({ uri, request, timeoutMs });
      return request(keysUri(document, uri, options), init);
    },
  });
}

function usualMetadataUri(issuer: string, document: string): URL {
  const url = new URL(issuer);
  // RFC 8414 section 2; what is left of an empty one is a character at the end.
  if (/[?#]/.test(issuer)) throw new TypeError("An issuer has no query and no fragment.");
  const path = url.pathname.replace(/\/$/, "");
  const wellKnown = `/.well-known/${document}`;
  url.pathname = document === "openid-configuration" ? path + wellKnown : wellKnown + path;
  return url;
}

/** Vets the metadata as far as keys go, and the address there as if it came from the configuration. */
function keysUri(metadata: unknown, metadataUri: URL, options: DiscoveredKeySetOptions): URL {
  if (!isJsonObject(metadata) || metadata.issuer !== options.issuer) {
    throw new Error("The metadata is not the issuer's.");
  }
  if (typeof metadata.jwks_uri !== "string") throw new Error("The metadata names no keys.");
  const url = new URL(metadata.jwks_uri);
  checkAddress(url, options);
  // A server on this machine may answer with anything but the keys of an issuer elsewhere.
  if (isLoopback(url) && !isLoopback(metadataUri)) {
    throw new Error("The address of the keys is this machine's, and the metadata's is not.");
  }
  return url;
}
