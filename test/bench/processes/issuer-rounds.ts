// Verifies tokens of many issuers that a function finds, one token of each in turns, for a slice each time it is asked.
//   issuer-rounds.ts <number of issuers> <kept | anew>
import { generateKeyPairSync } from "node:crypto";
import process from "node:process";
import { SignJWT } from "jose";
import { createJwtVerifier, createRemoteKeySet, oauthIssuer } from "../../../src/jwt.ts";
import { answerQuestions, processorMs } from "../answers.ts";
import type { Slice } from "../measure.ts";

/** The outcome of a slice, and how often keys were fetched in it. */
export interface IssuerSlice extends Slice {
  readonly fetches: number;
  /** The memory of the issuers, their keys and the kept tokens, in bytes. */
  readonly bytes: number;
}

/** How long a slice is at least, in milliseconds. */
const sliceMs = 150;

const [, , count = "", how = ""] = process.argv;
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "key-1" }] });
let fetches = 0;

const nameOf = (number: number) => `https://tenant-${number}.example/`;
const tokens = await Promise.all(
  Array.from({ length: Number(count) }, (_, at) => sign(nameOf(at))),
);
const before = memoryInUse();
/** Makes each issuer anew, with keys that have to be fetched, as a function does that remembers nothing. */
const verifier = createJwtVerifier({
  issuers: (issuer) =>
    oauthIssuer({
      issuer,
      algorithms: ["ES256"],
      audiences: ["api"],
      keys: createRemoteKeySet({ uri: `${issuer}keys`, fetch: fetchKeys }),
    }),
  maxIssuers: Math.max(10_000, tokens.length),
  cache: how === "kept" && { maxEntries: Math.max(10_000, tokens.length), maxBytes: 2 ** 30 },
});
for (let times = 0; times < 2; times += 1) await verifyAll();
const bytes = memoryInUse() - before;

await answerQuestions(async (): Promise<IssuerSlice> => {
  const slice = { count: 0, clockMs: 0, processorMs: 0 };
  fetches = 0;
  while (slice.clockMs < sliceMs) {
    const startedAt = performance.now();
    const processorBefore = processorMs();
    await verifyAll();
    slice.processorMs += processorMs() - processorBefore;
    slice.clockMs += performance.now() - startedAt;
    slice.count += tokens.length;
  }
  return { ...slice, fetches, bytes };
});

async function verifyAll(): Promise<void> {
  for (const token of tokens) await verifier.verify(token);
}

async function fetchKeys(): Promise<Response> {
  fetches += 1;
  return new Response(jwks);
}

function sign(issuer: string): Promise<string> {
  return new SignJWT({ client_id: "client-1" })
    .setProtectedHeader({ alg: "ES256", kid: "key-1", typ: "at+jwt" })
    .setIssuer(issuer)
    .setSubject("user-1")
    .setAudience("api")
    .setIssuedAt()
    .setExpirationTime("1h")
    .setJti(issuer)
    .sign(privateKey);
}

function memoryInUse(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
