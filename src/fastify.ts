import type {} from "fastify";
import type { Principal } from "./domain/principal.ts";

export type { Principal } from "./domain/principal.ts";
export type { BearerOptions, OptionalBearerOptions } from "./http/bearer/bearer-options.ts";
export {
  type FastifyTokenHook,
  type FastifyTokenReply,
  type FastifyTokenRequest,
  requireToken,
} from "./http/bearer/fastify-token.ts";
export { principalOf, type RequireTokenOptions } from "./http/bearer/token-gate.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Whom the request speaks for, where `requireToken` let it in. */
    principal?: Principal | undefined;
  }
}
