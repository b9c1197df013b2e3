import { IdentityError } from "../../domain/errors.ts";
import { introspect } from "../../domain/use-cases/sessions.ts";
import { revokeToken } from "../../domain/use-cases/token-revocation.ts";
import { providerCodes } from "../error-codes.ts";
import type { Handlers, Operations } from "../operation.ts";
import { type ProtectedResource, protectedResourceMetadata } from "../resource-metadata.ts";
import { IntrospectionRequest, IntrospectionResponse } from "../schemas/introspection.ts";
import { ProtectedResourceMetadata } from "../schemas/responses.ts";
import { RevocationRequest } from "../schemas/revocation.ts";
import { introspectionView } from "../views/account-views.ts";

export const resourceOperations = {
  getProtectedResourceMetadata: {
    method: "get",
    path: "/.well-known/oauth-protected-resource",
    tag: "Service",
    summary: "Read whose tokens are taken",
    description:
      "Tells which authorization servers issue the access tokens that this API takes (RFC 9728). Gets `not_found` where the service was not told its own address.",
    answer: {
      status: 200,
      description: "The metadata.",
      schema: ProtectedResourceMetadata,
      maxAgeSeconds: 300,
    },
    codes: ["not_found", "keys_unavailable"],
  },
  introspectToken: {
    method: "post",
    path: "/v1/introspect",
    tag: "Service",
    summary: "Ask about a token",
    description:
      "Tells a service that cannot verify access tokens itself whether one is good, and whom it speaks for (RFC 7662). Of a token that is not good it says nothing else, whatever is wrong. Gets `not_supported` where the service was given no client.",
    client: true,
    form: true,
    body: IntrospectionRequest,
    answer: {
      status: 200,
      description: "What there is to say of the token.",
      schema: IntrospectionResponse,
    },
    codes: ["keys_unavailable", "provider_unavailable"],
  },
  revokeToken: {
    method: "post",
    path: "/v1/revoke",
    tag: "Service",
    summary: "End a token",
    description:
      "Ends a token for a service that was given it (RFC 7009), which authenticates as for `introspectToken`. A token that is unknown, expired or dead already is no error. A refresh token ends with its session, as at `signOut`. With an access token, all of its session are refused by this service, and by every API that is told of revocations, for as long as any that there are now can live; what is refreshed later is good again, so end the refresh token too. Gets `unsupported_token_type` for an ID token, and for an access token that names no session. Gets `not_supported` where the service was given no client.",
    client: true,
    form: true,
    body: RevocationRequest,
    answer: { status: 200, description: "The token is dead, or never was alive." },
    codes: [...providerCodes, "unsupported_token_type", "keys_unavailable"],
  },
} as const satisfies Operations;

/** A service as a protected resource, whose issuers may have to be found out first. */
export interface ServiceResource extends Omit<ProtectedResource, "authorizationServers"> {
  /** The issuers whose tokens it takes, or what finds them out: `keys_unavailable` where they cannot be had. */
  readonly authorizationServers: readonly string[] | (() => Promise<readonly string[]>);
}

/** @param resource - this API, where the service was told its own address */
export function resourceHandlers(
  resource: ServiceResource | undefined,
): Handlers<typeof resourceOperations> {
  return {
    async getProtectedResourceMetadata() {
      if (!resource) throw new IdentityError("not_found");
      const { authorizationServers: known } = resource;
      const authorizationServers = typeof known === "function" ? await known() : known;
      return protectedResourceMetadata({ ...resource, authorizationServers });
    },
    introspectToken: async ({ body }, ports) =>
      introspectionView(await introspect(ports, body.token)),
    async revokeToken({ body }, ports) {
      await revokeToken(ports, body.token);
      return undefined;
    },
  };
}
