export * from "./adapters/webauthn/index.ts";
