import { calculateJwkThumbprint, exportJWK, generateKeyPair } from "jose";
import { describe, expect, test } from "vitest";
import { thumbprintOf } from "../../../../src/adapters/jwt/keys/thumbprint.ts";

describe("the thumbprint of a public key", () => {
  test("is that of the example in RFC 7638", async () => {
    // https://www.rfc-editor.org/rfc/rfc7638#section-3.1
    const n = [
      "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhM",
      "stn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5",
      "hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
    ].join("");

    const thumbprint = await thumbprintOf({
      kty: "RSA",
      n,
      e: "AQAB",
      alg: "RS256",
      kid: "2011-04-29",
    });

    expect(thumbprint).toBe("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  });

  test.each(["RS256", "ES256", "ES384", "ES512", "EdDSA"])(
    "is what jose makes of a key for %s",
    async (algorithm) => {
      const { publicKey } = await generateKeyPair(algorithm, { extractable: true });
      const jwk = await exportJWK(publicKey);

      expect(await thumbprintOf({ ...jwk, use: "sig" })).toBe(await calculateJwkThumbprint(jwk));
    },
  );
});
