import type { Principal } from "./domain/principal.ts";

export type { Principal } from "./domain/principal.ts";
export type { BearerOptions, OptionalBearerOptions } from "./http/bearer/bearer-options.ts";
export {
  type ExpressMiddleware,
  type ExpressRequest,
  type ExpressResponse,
  requireToken,
} from "./http/bearer/express-token.ts";
export { principalOf, type RequireTokenOptions } from "./http/bearer/token-gate.ts";

declare global {
  // biome-ignore lint/style/noNamespace: It is by this one that the types of Express have their request extended.
  namespace Express {
    interface Request {
      /** Whom the request speaks for, where `requireToken` let it in. */
      principal?: Principal | undefined;
    }
  }
}
