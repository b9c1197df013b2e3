import "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of a service on memory: see `test/support/memory-service.setup.ts`. */
    readonly service: string;
  }
}
