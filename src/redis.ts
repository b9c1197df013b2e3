export * from "./adapters/redis/index.ts";
