import { sharedWorkContract, sharedWorkOfProcessesContract } from "../../src/testing/index.ts";
import { runEdgeContract } from "./run-edge-contract.ts";

runEdgeContract({ title: "shared work at the edge", port: "SharedWork", suite: "shared-work" }, [
  ...sharedWorkContract,
  ...sharedWorkOfProcessesContract,
]);
