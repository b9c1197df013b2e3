import type { Capability } from "../../src/domain/capabilities.ts";
import type { Probe } from "./probe.ts";

/**
 * How a service is set up. `open`: everyone may sign up and nothing else is required. `equipped`: with all that the
 * provider can do. `closed`: every sign-up waits for an administrator, a second factor and a given name are required.
 */
export const worlds = ["open", "equipped", "closed"] as const;
export type World = (typeof worlds)[number];

/** What not every provider can do, or be set up for. */
export type Need = Capability | "closed_world" | "refresh_rotation";

/** One thing that holds for the service, as plain data. */
export interface HttpCase {
  /** A sentence in present tense, unlike that of any other case. */
  readonly name: string;
  /** @default nothing that not every provider has */
  readonly needs?: readonly Need[];
  run(probe: Probe): Promise<void>;
}

/** Cases that go together: after each family the service is asked whether it is still well. */
export interface Family {
  readonly name: string;
  /** Where the cases hold. @default "open" */
  readonly world?: World;
  readonly cases: readonly HttpCase[];
}
