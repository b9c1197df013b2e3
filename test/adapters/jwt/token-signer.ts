import nodeCrypto from "node:crypto";
import { CompactSign, type CryptoKey, exportJWK, generateKeyPair } from "jose";
import { vi } from "vitest";
import type { JsonWebKeySet, KeySet } from "../../../src/ports/index.ts";

export const issuer = "https://issuer.example/pool";
export const clientId = "client-1";
export const nowSeconds = 1_800_000_000;
export const clock = { now: () => nowSeconds * 1000 };

/** A clock that stands still unless it is moved. */
export function adjustableClock() {
  return {
    time: nowSeconds * 1000,
    now() {
      return this.time;
    },
  };
}

/** A key pair of a provider, and what it publishes of it. */
export async function signingKey(kid: string, algorithm = "RS256") {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kty: kty(algorithm), kid } };
}

/** A key set that counts how often it is asked. */
export function keySetOf(
  ...sets: readonly JsonWebKeySet["keys"][]
): KeySet & { refreshes: number } {
  const given = sets.map((keys) => ({ keys }));
  return {
    refreshes: 0,
    async current() {
      return given[this.refreshes] ?? { keys: [] };
    },
    async refresh() {
      this.refreshes += 1;
      return this.current();
    },
  };
}

/** Watches the runtime check signatures, in whichever of its ways. */
export function watchChecks() {
  const checks = vi.fn();
  const inNode = nodeCrypto.verify;
  const inWebCrypto = crypto.subtle.verify.bind(crypto.subtle);
  vi.spyOn(nodeCrypto, "verify").mockImplementation(((...terms: Parameters<typeof inNode>) => {
    checks();
    return inNode(...terms);
  }) as typeof inNode);
  vi.spyOn(crypto.subtle, "verify").mockImplementation(async (...terms) => {
    checks();
    return inWebCrypto(...terms);
  });
  return checks;
}

/** The claims of a Cognito user's access token, with some of them changed; `undefined` takes one away. */
export function claims(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    sub: "3f0c5d6a-subject",
    "cognito:groups": ["admins", "readers"],
    iss: issuer,
    client_id: clientId,
    origin_jti: "session-1",
    token_use: "access",
    scope: "aws.cognito.signin.user.admin orders/read",
    auth_time: nowSeconds - 60,
    iat: nowSeconds - 60,
    exp: nowSeconds + 3540,
    jti: "token-1",
    username: "ada",
    ...changes,
  };
}

/** Signs what a provider would sign, or would not. */
export async function sign(
  payload: unknown,
  privateKey: CryptoKey,
  header: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const bytes = new TextEncoder().encode(
    typeof payload === "string" ? payload : JSON.stringify(payload),
  );
  return new CompactSign(bytes)
    .setProtectedHeader({ alg: "RS256", kid: "access-1", ...header })
    .sign(privateKey);
}

function kty(algorithm: string): string {
  if (algorithm.startsWith("Ed")) return "OKP";
  return algorithm.startsWith("ES") ? "EC" : "RSA";
}
