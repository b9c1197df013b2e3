import { rateLimiterContract, sharedRateLimiterContract } from "../../src/testing/index.ts";
import { runEdgeContract } from "./run-edge-contract.ts";

runEdgeContract({ title: "limits at the edge", port: "RateLimiter", suite: "rate-limiter" }, [
  ...rateLimiterContract,
  ...sharedRateLimiterContract,
]);
