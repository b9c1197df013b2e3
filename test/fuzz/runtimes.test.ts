import { describeOnRuntime, runtimeNames } from "../support/runtimes.ts";
import { fuzzing } from "./fuzzing.ts";
import { onRuntime } from "./targets.ts";

for (const runtime of runtimeNames) {
  describeOnRuntime(runtime, `the service on ${runtime}`, () => {
    for (const provider of ["memory", "strict"] as const)
      fuzzing(`${runtime} on ${provider}`, 0.01, () => onRuntime(runtime, provider));
  });
}
