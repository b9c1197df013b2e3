export * from "./adapters/better-auth/index.ts";
