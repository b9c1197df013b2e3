// The signature alone: the least that can be done with a token, and none of what makes it a verification.
import { Buffer } from "node:buffer";
import type { Fixture } from "../fixture.ts";
import type { PrepareCalls } from "../processes/verify-rounds.ts";

const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const encoder = new TextEncoder();

export async function createVerifier({ jwks }: Fixture): Promise<PrepareCalls> {
  const key = await importKey(jwks);
  return async (tokens) =>
    tokens.map((token) => () => {
      const { signature, signed } = takeApart(token);
      return crypto.subtle.verify(algorithm, key, signature, signed);
    });
}

/** Makes a verifier that has taken each token apart before it is timed. */
export async function createPreparedVerifier({ jwks }: Fixture): Promise<PrepareCalls> {
  const key = await importKey(jwks);
  return async (tokens) =>
    tokens.map(takeApart).map(
      ({ signature, signed }) =>
        () =>
          crypto.subtle.verify(algorithm, key, signature, signed),
    );
}

function importKey({ keys: [jwk = { kty: "", kid: "" }] }: Fixture["jwks"]): Promise<CryptoKey> {
  return crypto.subtle.importKey("jwk", jwk, algorithm, false, ["verify"]);
}

function takeApart(token: string) {
  const end = token.lastIndexOf(".");
  const signature = Buffer.from(token.slice(end + 1), "base64url");
  return { signature, signed: encoder.encode(token.slice(0, end)) };
}
