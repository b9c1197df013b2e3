import type { Probe } from "./probe.ts";

/** One thing that holds for the service, as plain data. */
export interface HttpCase {
  /** A sentence in present tense, unlike that of any other case. */
  readonly name: string;
  run(probe: Probe): Promise<void>;
}

/** Cases that go together: after each family the service is asked whether it is still well. */
export interface Family {
  readonly name: string;
  readonly cases: readonly HttpCase[];
}
