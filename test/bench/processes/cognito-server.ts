// Serves a strict Cognito server on loopback, with hashing turned down: PBKDF2 at its full strength would be all there is
// to measure. Asked with a pool, it signs users up to it without HTTP.
import { serve } from "../../../src/node.ts";
import { createCognitoServer } from "../../../src/testing/index.ts";
import type { CognitoPool } from "../../support/cognito-pool.ts";
import { answerQuestions, processorMs, type ServerState } from "../answers.ts";
import { inLanes } from "../lanes.ts";
import type { Slice } from "../measure.ts";
import { signUpRequest } from "../requests.ts";

const batch = 256;

const { fetch } = createCognitoServer({ hashIterations: 1, onFault: console.error });
const { port } = await serve({ fetch, port: 0 });

await answerQuestions((question): ServerState | Promise<Slice> => {
  if (question === null) return { port, processorMs: processorMs() };
  return signUpInProcess(question as CognitoPool);
});

async function signUpInProcess(pool: CognitoPool): Promise<Slice> {
  const requests = Array.from({ length: batch }, () => signUpRequest(pool));
  const startedAt = performance.now();
  const processorBefore = processorMs();
  await inLanes(requests.map((request) => async () => (await fetch(request)).ok));
  return {
    count: batch,
    clockMs: performance.now() - startedAt,
    processorMs: processorMs() - processorBefore,
  };
}
