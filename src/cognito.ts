export * from "./adapters/cognito/index.ts";
