import { inject } from "vitest";
import { describeWhere } from "./describe-where.ts";

/** What the tests can count on, found out by `docker.setup.ts`. */
export type DockerSupport =
  | {
      readonly available: true;
      /** cognito-local's image. */
      readonly image: string;
      /** Whether images come from a registry here, the one that cleans up after testcontainers included. */
      readonly canPull: boolean;
      /** Marks the containers of this run. */
      readonly run: string;
    }
  | { readonly available: false; readonly reason: string };

declare module "vitest" {
  interface ProvidedContext {
    docker: DockerSupport;
  }
}

/** The label that containers carry, with the run's name for its value. */
export const runLabel = "portico.test-run";

/** Tells whether containers can run here. */
export function dockerAvailable(): boolean {
  return inject("docker").available;
}

/**
 * Describes tests that need containers. Without an engine they are skipped, and say why; where
 * REQUIRE_DOCKER is set, that is a failure.
 */
export function describeWithDocker(title: string, define: () => void): void {
  const docker = inject("docker");
  const missing = docker.available ? undefined : docker.reason;
  describeWhere(title, { missing, required: Boolean(process.env.REQUIRE_DOCKER) }, define);
}
