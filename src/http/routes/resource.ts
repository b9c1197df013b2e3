import { IdentityError } from "../../domain/errors.ts";
import { introspect } from "../../domain/use-cases/sessions.ts";
import type { Ports } from "../../ports/index.ts";
import type { Handlers, Operations } from "../operation.ts";
import { type ProtectedResource, protectedResourceMetadata } from "../resource-metadata.ts";
import { IntrospectionRequest, IntrospectionResponse } from "../schemas/introspection.ts";
import { ProtectedResourceMetadata } from "../schemas/responses.ts";
import { introspectionView } from "../views.ts";

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
    codes: ["not_found"],
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
} as const satisfies Operations;

/** @param resource - this API, where the service was told its own address */
export function resourceHandlers(
  ports: Ports,
  resource: ProtectedResource | undefined,
): Handlers<typeof resourceOperations> {
  return {
    async getProtectedResourceMetadata() {
      if (!resource) throw new IdentityError("not_found");
      return protectedResourceMetadata(resource);
    },
    introspectToken: async ({ body }) => introspectionView(await introspect(ports, body.token)),
  };
}
