// Serves a strict Cognito server on loopback, whose faults can be told. Asked with nothing, it says where it is.
import { serve } from "../../../src/node.ts";
import { type CognitoFault, createCognitoServer } from "../../../src/testing/index.ts";
import { answerQuestions, processorMs, type ServerState } from "../../bench/answers.ts";

/** The orders for the server, from now on. */
export interface UpstreamQuestion {
  readonly faults: readonly CognitoFault[];
}

const hashIterations = Number(process.argv[2]);
const server = createCognitoServer({ hashIterations, onFault: console.error });
const { port } = await serve({
  fetch: server.fetch,
  port: 0,
  maxConnections: 10_000,
  maxConnectionsPerPeer: 10_000,
});

await answerQuestions(async (question): Promise<ServerState> => {
  if (question !== null) {
    server.faults.clear();
    for (const fault of (question as UpstreamQuestion).faults) server.faults.inject(fault);
  }
  return { port, processorMs: processorMs() };
});
