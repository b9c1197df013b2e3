// Verifies a million distinct tokens with one verifier, and tells how much memory it holds on to.
// They are signed with ES256, which costs a twentieth of RS256; to a cache a token is a token.
import { generateKeyPairSync } from "node:crypto";
import { on } from "node:events";
import process from "node:process";
import { Worker } from "node:worker_threads";
import { createJwtVerifier } from "../../../src/jwt.ts";
import type { TokenVerifier } from "../../../src/ports/index.ts";
import { answerQuestions } from "../answers.ts";
import { inLanes } from "../lanes.ts";
import type { SignerTask } from "./signer.ts";

/** What came out. */
export interface MemoryGrowth {
  readonly tokens: number;
  /** The most that was in use after a collection, beyond what was before the first token, in MiB. */
  readonly mebibytes: number;
}

const total = 1_000_000;
const batch = 2_000;
const batchesPerSample = 50;

const issuer = "https://issuer.example";
const clientId = "client-1";
const header = { alg: "ES256", kid: "key-1" } as const;

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const privateKeyPem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
const workerData: SignerTask = { privateKeyPem, header, issuer, clientId };
const signer = new Worker(new URL("signer.ts", import.meta.url), { workerData });
const signedBatches = on(signer, "message");

await answerQuestions(async (): Promise<MemoryGrowth> => {
  // One batch ahead, so that both threads always have something to do.
  signer.postMessage(batch);
  // What the code itself takes is no growth.
  await verifyBatch(createVerifier());
  const before = memoryInUse();
  const verifier = createVerifier();
  let most = 0;
  for (let index = 1; index <= total / batch; index++) {
    await verifyBatch(verifier);
    if (index % batchesPerSample === 0) most = Math.max(most, memoryInUse() - before);
  }
  return { tokens: total, mebibytes: most / 2 ** 20 };
});

function createVerifier(): TokenVerifier {
  const jwks = { keys: [{ ...publicKey.export({ format: "jwk" }), kty: "EC", kid: header.kid }] };
  const keys = { current: async () => jwks, refresh: async () => jwks };
  return createJwtVerifier({ issuer, clientIds: [clientId], keys, algorithms: [header.alg] });
}

async function verifyBatch(verifier: TokenVerifier): Promise<void> {
  signer.postMessage(batch);
  const { value } = await signedBatches.next();
  const tokens: readonly string[] = value?.[0];
  // A cache may keep what comes again rather than what comes once.
  for (let times = 0; times < 2; times++) {
    await inLanes(tokens.map((token) => () => verifier.verify(token)));
  }
}

/** What is left after a collection. */
function memoryInUse(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
