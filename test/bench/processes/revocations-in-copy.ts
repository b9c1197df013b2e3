// Keeps revocations in a copy, and tells how much memory each of them takes, and how long kept tokens take beside them.
import { generateKeyPairSync, sign } from "node:crypto";
import process from "node:process";
import {
  createJwtVerifier,
  createRemoteKeySet,
  createRevocationCheck,
} from "../../../src/adapters/jwt/index.ts";
import { revocationText } from "../../../src/adapters/jwt/revocations/revocation-text.ts";
import type { Revocation, SessionRevocation } from "../../../src/domain/revocation.ts";
import { answerQuestions, processorMs } from "../answers.ts";

/** The cost of a number of entries. */
export interface CopyCost {
  readonly entries: number;
  readonly bytesPerEntry: number;
  /** Processor time of one verification, in microseconds, once for each round. */
  readonly verifyUs: readonly number[];
}

const issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI";
const clientId = "client-1";
const kid = "key-1";
const issuedAt = Math.floor(Date.now() / 1000);
const until = issuedAt + 3600;
const [rounds, verifications, tokenCount] = [15, 200_000, 1000];

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const jwks = { keys: [{ ...publicKey.export({ format: "jwk" }), kty: "EC", kid }] };
const uri = `${issuer}/.well-known/jwks.json`;
const keys = createRemoteKeySet({ uri, fetch: async () => Response.json(jwks) });
const tokens = Array.from({ length: tokenCount }, token);

await answerQuestions(async (entries): Promise<CopyCost> => {
  if (typeof entries !== "number") throw new TypeError("how many entries?");
  const { isRevoked, bytesPerEntry } = await readCopy(entries);
  const terms = { issuer, clientIds: [clientId], keys, algorithms: ["ES256"] } as const;
  const { verify, verifyPromptly = verify } = createJwtVerifier({ ...terms, isRevoked });
  // Kept is what came twice, one right after the other.
  for (const each of tokens) for (let times = 0; times < 3; times++) await verify(each);
  const verifyUs = Array.from({ length: rounds }, () => timeOf(verifyPromptly));
  return { entries, bytesPerEntry, verifyUs };
});

async function readCopy(entries: number) {
  const before = memoryInUse();
  const list = listOf(entries);
  const aDay = 86_400_000;
  const terms = { list, maxEntries: entries, maxAgeMs: aDay, timeoutMs: aDay };
  const { isRevoked } = createRevocationCheck(terms);
  const who = { kind: "machine", issuer, subject: "nobody", clientId, scopes: [] } as const;
  await isRevoked({ ...who, issuedAt, expiresAt: until });
  return { isRevoked, bytesPerEntry: (memoryInUse() - before) / entries };
}

/** Gives everything, and keeps none of it. */
function listOf(count: number): Parameters<typeof createRevocationCheck>[0]["list"] {
  return {
    add: async () => undefined,
    read: async (cursor = "0") => {
      const length = Math.min(1000, count - Number(cursor));
      const revocations = Array.from({ length }, revocation);
      const next = Number(cursor) + length;
      return { revocations, cursor: String(next), hasMore: next < count };
    },
  };
}

/** As it comes out of a store: its texts are its own. */
function revocation(): Revocation {
  const sessionId = crypto.randomUUID();
  const written: SessionRevocation = { kind: "session", issuer, sessionId, until };
  return JSON.parse(revocationText(written));
}

function token(): string {
  const [sub, origin_jti, jti] = [1, 2, 3].map(() => crypto.randomUUID());
  const times = { iat: issuedAt, exp: until };
  const claims = { iss: issuer, sub, origin_jti, jti, client_id: clientId, username: "ada" };
  const signed = [
    { alg: "ES256", kid },
    { ...claims, ...times, token_use: "access" },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const key = { key: privateKey, dsaEncoding: "ieee-p1363" } as const;
  return `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`;
}

function timeOf(verify: (accessToken: string) => unknown): number {
  const start = processorMs();
  for (let index = 0; index < verifications; index++) {
    if (verify(tokens[index % tokenCount] ?? "") instanceof Promise)
      throw new Error("A token was not kept.");
  }
  return ((processorMs() - start) * 1000) / verifications;
}

function memoryInUse(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
