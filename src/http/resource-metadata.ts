/** The metadata that a resource server tells clients of itself: the members of RFC 9728 section 2 that we have a use for. */
export interface ProtectedResource {
  /** The API's own identifier: its `https` address, with no query or fragment. */
  readonly resource: string;
  /** The issuers whose tokens it takes. */
  readonly authorizationServers: readonly string[];
  /** The scopes that it asks for. @default not told */
  readonly scopes?: readonly string[];
  /**
   * The algorithms that proofs may be signed with, where it takes tokens that are bound to a key (RFC 9449).
   * @default not told
   */
  readonly dpopAlgorithms?: readonly string[];
}

/** The metadata of a protected resource, as JSON has it. */
export interface ProtectedResourceMetadata {
  readonly resource: string;
  readonly authorization_servers: string[];
  readonly bearer_methods_supported: "header"[];
  readonly scopes_supported?: string[];
  readonly dpop_signing_alg_values_supported?: string[];
}

/**
 * Writes the metadata of a protected resource, for the address that {@link resourceMetadataUrl} gives. From settings
 * only: whoever makes it of a request lets its sender say which issuer clients are sent to.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9728#section-2
 */
export function protectedResourceMetadata({
  resource,
  authorizationServers,
  scopes,
  dpopAlgorithms,
}: ProtectedResource): ProtectedResourceMetadata {
  return {
    resource,
    authorization_servers: [...authorizationServers],
    bearer_methods_supported: ["header"],
    ...(scopes && { scopes_supported: [...scopes] }),
    ...(dpopAlgorithms && { dpop_signing_alg_values_supported: [...dpopAlgorithms] }),
  };
}

/**
 * Gives the address of a resource's metadata: the well-known path goes between host and path.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9728#section-3.1
 * @throws {TypeError} for what is no address
 */
export function resourceMetadataUrl(resource: string): string {
  const { origin, pathname } = new URL(resource);
  return `${origin}/.well-known/oauth-protected-resource${pathname === "/" ? "" : pathname}`;
}
