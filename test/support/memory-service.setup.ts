import type { TestProject } from "vitest/node";
import { startRuntime } from "./runtimes.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The address of a service on memory. */
    readonly service: string;
  }
}

/** Starts the service on memory, as a process of its own, for all tests of a run. */
export default async function setup(project: TestProject): Promise<() => Promise<unknown>> {
  const { url, stop } = await startRuntime("node", { LOG_LEVEL: "silent" });
  project.provide("service", url);
  return stop;
}
