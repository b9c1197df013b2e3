export { type BearerContext, type BearerVariables, bearerAuth } from "./http/bearer/bearer-auth.ts";
export type { BearerOptions } from "./http/bearer/bearer-options.ts";
