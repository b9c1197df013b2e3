export * from "./adapters/memory/index.ts";
