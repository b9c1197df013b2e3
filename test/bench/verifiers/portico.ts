import { createJwtVerifier } from "../../../src/jwt.ts";
import type { Fixture } from "../fixture.ts";
import type { PrepareCalls } from "../processes/verify-rounds.ts";

export async function createVerifier({ issuer, clientId, jwks }: Fixture): Promise<PrepareCalls> {
  const answer = Promise.resolve(jwks);
  const keys = { current: () => answer, refresh: () => answer };
  const verifier = createJwtVerifier({ issuer, clientIds: [clientId], keys });
  return async (tokens) => tokens.map((token) => () => verifier.verify(token));
}
