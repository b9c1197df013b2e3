export * from "./adapters/cloudflare/index.ts";
