import { replayStoreContract, sharedReplayStoreContract } from "../../src/testing/index.ts";
import { runEdgeContract } from "./run-edge-contract.ts";

runEdgeContract(
  { title: "ids that were used, at the edge", port: "ReplayStore", suite: "replay-store" },
  [...replayStoreContract, ...sharedReplayStoreContract],
);
