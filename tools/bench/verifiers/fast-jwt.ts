import { createVerifier as createFastJwtVerifier } from "fast-jwt";
import type { Fixture } from "../../../test/bench/fixture.ts";
import type { PrepareCalls } from "../../../test/bench/processes/verify-rounds.ts";

/** With its cache, and with the key itself instead of a function for it, which is the faster way and makes it synchronous. */
export async function createVerifier({ issuer, publicKeyPem }: Fixture): Promise<PrepareCalls> {
  const verify = createFastJwtVerifier({
    key: publicKeyPem,
    algorithms: ["RS256"],
    allowedIss: issuer,
    cache: true,
  });
  return async (tokens) => tokens.map((token) => () => verify(token));
}
