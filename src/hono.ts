export {
  type BearerContext,
  type BearerVariables,
  bearerAuth,
  type OptionalBearerContext,
  type OptionalBearerVariables,
} from "./http/bearer/bearer-auth.ts";
export type { BearerOptions, OptionalBearerOptions } from "./http/bearer/bearer-options.ts";
