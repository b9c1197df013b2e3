export { type BearerContext, type BearerVariables, bearerAuth } from "./http/bearer-auth.ts";
export type { BearerOptions } from "./http/bearer-options.ts";
