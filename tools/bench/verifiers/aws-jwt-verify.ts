import { CognitoJwtVerifier } from "aws-jwt-verify";
import type { Fixture } from "../../../test/bench/fixture.ts";
import type { PrepareCalls } from "../../../test/bench/processes/verify-rounds.ts";

export async function createVerifier(fixture: Fixture): Promise<PrepareCalls> {
  const { userPoolId, clientId, jwks } = fixture;
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: "access" });
  verifier.cacheJwks({ keys: [...jwks.keys] });
  return async (tokens) => tokens.map((token) => () => verifier.verify(token));
}
