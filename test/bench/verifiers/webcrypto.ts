// The signature alone, with nothing decoded, split or parsed in the timed part: no verifier can be faster.
import { Buffer } from "node:buffer";
import type { Fixture } from "../fixture.ts";
import type { PrepareCalls } from "../processes/verify-rounds.ts";

const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

export async function createVerifier({ jwks }: Fixture): Promise<PrepareCalls> {
  const [jwk = { kty: "" }] = jwks.keys;
  const key = await crypto.subtle.importKey("jwk", jwk, algorithm, false, ["verify"]);
  return async (tokens) =>
    tokens.map((token) => {
      const end = token.lastIndexOf(".");
      const signature = Buffer.from(token.slice(end + 1), "base64url");
      const signed = new TextEncoder().encode(token.slice(0, end));
      return () => crypto.subtle.verify(algorithm, key, signature, signed);
    });
}
