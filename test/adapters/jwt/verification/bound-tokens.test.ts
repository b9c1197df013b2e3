import { afterEach, expect, it, vi } from "vitest";
import { createJwtVerifier } from "../../../../src/adapters/jwt/index.ts";
import {
  claims,
  clientId,
  clock,
  issuer,
  keySetOf,
  sign,
  signingKey,
  watchChecks,
} from "../token-signer.ts";

afterEach(() => vi.restoreAllMocks());

it.each([
  ["where nothing is said of the cache", undefined, 2],
  ["in a cache that has room", { maxEntries: 2 }, 2],
  ["never, in a cache that has room for none", { maxBytes: 1 }, 4],
  ["never, without a cache", false, 4],
] as const)("bound tokens are kept: %s", async (_where, cache, checks) => {
  const { privateKey, jwk } = await signingKey("access-1");
  const keys = keySetOf([jwk]);
  const options = { issuer, clientIds: [clientId], keys, clock };
  const verifier = createJwtVerifier(cache === undefined ? options : { ...options, cache });
  const cnf = { jkt: "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" };
  const token = await sign(claims({ cnf }), privateKey);
  const verify = watchChecks();

  for (let times = 0; times < 4; times += 1) await verifier.verifyBound(token);

  expect(verify).toHaveBeenCalledTimes(checks);
});
