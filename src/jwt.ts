export * from "./adapters/jwt/index.ts";
export { type BearerGuard, type BearerOptions, createBearerGuard } from "./http/bearer-guard.ts";
